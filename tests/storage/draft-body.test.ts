import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import type { Answer } from '../../server/core/survey/answer.ts';
import { newDraftBody, openDraft, sealDraft } from '../../server/storage/draft-body.ts';
import { testSecrets } from '../support/stored-wave.ts';

const vault = testSecrets();
afterAll(() => vault.remove());

const value = fc.oneof(fc.string(), fc.array(fc.string()), fc.integer());
const answer: fc.Arbitrary<Answer> = fc.oneof(
  value.map((given) => ({ state: 'answered' as const, value: given })),
  fc.constantFrom('dont-know' as const, 'prefer-not-to-say' as const, 'skipped' as const).map((state) => ({ state })),
);
const answers = fc.dictionary(fc.stringMatching(/^[a-z][a-z-]{0,20}$/), answer, { noNullPrototype: true });

it('a draft is opened as it was sealed: every answer in its state, whatever was said', () => {
  vault.secrets.createWaveSecret('wave');
  fc.assert(
    fc.property(answers, fc.array(fc.string()), (given, earlier) => {
      const body = { ...newDraftBody(), timeRunsOut: 'keep' as const, session: 'one', earlier, answers: given };
      const sealed = sealDraft(vault.secrets, 'wave', 'code', body);
      expect(openDraft(vault.secrets, 'wave', 'code', sealed)).toEqual(body);
    }),
  );
});
