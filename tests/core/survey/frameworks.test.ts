import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allTagsOf, FRAMEWORKS, isFramework, tagsIn } from '../../../server/core/survey/frameworks.ts';
import { DOMAINS, SHANARRI } from '../../../server/core/survey/item.ts';

const anyTags = fc.record({
  domain: fc.constantFrom(...DOMAINS),
  shanarri: fc.array(fc.constantFrom(...SHANARRI), { maxLength: 4 }),
  uncrc: fc.array(fc.integer({ min: 1, max: 54 }), { maxLength: 4 }),
});
const NONE = { domain: 'about-you' as const, shanarri: [], uncrc: [] };

describe('the tags of a framework', () => {
  it('are listed in its own order: six domains, eight wellbeing indicators, 42 rights, five outcomes', () => {
    expect(FRAMEWORKS.map((framework) => allTagsOf(framework).length)).toEqual([6, 8, 42, 5]);
    expect(allTagsOf('shanarri')).toEqual(SHANARRI);
    expect(allTagsOf('domains')).not.toContain('about-you');
  });

  it('are each carried once, and are of the framework or an article after the rights', () => {
    fc.assert(
      fc.property(anyTags, fc.constantFrom(...FRAMEWORKS), (tags, framework) => {
        const carried = tagsIn(framework, tags);
        expect(new Set(carried).size).toBe(carried.length);
        for (const tag of carried) {
          expect(allTagsOf(framework).includes(tag) || (framework === 'uncrc' && Number(tag) > 42), tag).toBe(true);
        }
      }),
    );
  });

  it('put whatever has a wellbeing indicator under an outcome', () => {
    fc.assert(
      fc.property(anyTags, (tags) => {
        if (tags.shanarri.length > 0) expect(tagsIn('outcomes', tags).length).toBeGreaterThan(0);
      }),
    );
  });

  it('gather a question under outcomes by wellbeing indicator, domain and article', () => {
    expect(tagsIn('outcomes', { ...NONE, shanarri: ['safe', 'active'] })).toEqual(['feel-safe', 'be-healthy']);
    expect(tagsIn('outcomes', { ...NONE, domain: 'mental-wellbeing' })).toEqual(['be-happy']);
    expect(tagsIn('outcomes', { ...NONE, uncrc: [12, 31] })).toEqual(['be-listened-to']);
    for (const framework of FRAMEWORKS) expect(tagsIn(framework, NONE)).toEqual([]);
  });

  it('are those of a framework that there is', () => {
    expect(['uncrc', 'constructor', ''].map(isFramework)).toEqual([true, false, false]);
  });
});
