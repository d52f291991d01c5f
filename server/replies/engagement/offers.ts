import { emptyEntry, readPeople, type EntryWords, type InvolvedGroup } from '../../core/loop/engagement/entry.ts';
import type { Release } from '../../core/disclosure/release.ts';
import { publicRate } from '../../core/loop/finding.ts';
import { isFoundClear } from '../../core/loop/promises.ts';
import { bandName } from '../../core/survey/stage.ts';
import { createProposals } from '../../storage/proposals.ts';
import type { Proposal, ProposalStep } from '../../storage/proposal-rows.ts';
import { createReleases } from '../../storage/releases.ts';
import { createReplyChecks } from '../../storage/reply-checks.ts';
import { createWaveReplies } from '../../storage/wave-replies.ts';
import { createWaves } from '../../storage/waves.ts';
import type { SignedIn } from '../../web/access.ts';
import { isolated, type Language } from '../../web/language.ts';
import { createReadableReleases } from '../../web/readable-releases.ts';
import type { Services } from '../../web/services.ts';
import type { EntryNames } from './entry-words.ts';

/*
 * Beginnings of entries from what Heard holds: a wave with a published release, a forum's check of a reply, a forum's
 * decision by count. Figures come from releases and counts; nothing is made up, and a person completes the rest.
 */

/** Something that an entry may be begun from. */
export interface Offer {
  /** What the entry remembers that it was begun from. */
  key: string;
  words: string;
  /** What its form holds at the start. */
  entry: EntryWords;
}

export interface Offers {
  /** @param place the place that the entry would be of */
  of(me: SignedIn, language: Language, names: EntryNames, place: string): Promise<Offer[]>;
}

/** Characters of a name inside a title, which has 120. */
const NAME_LENGTH = 90;

export function createOffers({ database }: Pick<Services, 'database'>): Offers {
  const releases = createReleases(database);
  const readable = createReadableReleases(database);
  const waves = createWaves(database);
  const waveReplies = createWaveReplies(database);
  const checks = createReplyChecks(database);
  const proposals = createProposals(database);

  async function ofWaves(me: SignedIn, language: Language, { decisions }: EntryNames, place: string): Promise<Offer[]> {
    const offered: Offer[] = [];
    for (const { id, waveId } of await releases.published(me.authorityId)) {
      const opened = await readable.open(id, me);
      const wave = await waves.find(waveId);
      if (!opened || !wave?.startsOn) continue;
      // Of a wave that asks what children think of a reply.
      const about = (await waveReplies.ofWave(waveId))?.replyId;
      const name = shortened(wave.name);
      const entry: EntryWords = {
        ...emptyEntry(place),
        title: language.say('engagement', 'prefill-wave', { name }),
        ...{ from: wave.startsOn, to: wave.endsOn, methods: ['survey'] },
        ...whoAnswered(language, opened.release, place, wave.family === 'parents' ? 'parents' : 'pupils'),
        links: decisions
          .filter(({ kind, id: of }) => kind === 'reply' && of === about)
          .map(({ kind, id: of }) => ({ kind, id: of })),
      };
      offered.push({ key: `wave:${waveId}@${place}`, words: offerText(language, 'wave', name), entry });
    }
    return offered;
  }

  async function ofReplyChecks(language: Language, { decisions }: EntryNames, place: string): Promise<Offer[]> {
    const offered: Offer[] = [];
    for (const { kind, id, words, wordsAt } of decisions) {
      const check = kind === 'reply' && wordsAt ? await checks.ofWords(id, wordsAt) : undefined;
      const people = check ? check.clear + check.notClear : 0;
      if (!check || people === 0) continue;
      const name = shortened(words);
      const day = check.askedAt.slice(0, 10);
      const { engagement } = language.words;
      const entry: EntryWords = {
        ...emptyEntry(place),
        title: language.say('engagement', 'prefill-check', { name }),
        ...{ from: day, links: [{ kind: 'reply', id }], methods: ['forum'] },
        groups: [forumOf(people)],
        said: isFoundClear(check) ? engagement['prefill-checkClear'] : engagement['prefill-checkNotClear'],
      };
      offered.push({ key: `check:${check.id}`, words: offerText(language, 'check', name), entry });
    }
    return offered;
  }

  /** A youth worker is offered the decisions that they recorded: other forums' questions are not theirs to read. */
  async function ofDecisions(me: SignedIn, language: Language, place: string): Promise<Offer[]> {
    if (!me.roles.includes('youth-worker')) return [];
    const all = await proposals.list(me.authorityId);
    return all.flatMap((proposal) =>
      proposal.steps
        .filter(({ by }) => by === me.accountId)
        .flatMap((step) => decided(language, proposal, step, place)),
    );
  }

  return {
    async of(me, language, names, place) {
      const seesReleases = me.roles.includes('planner');
      return [
        ...(seesReleases ? await ofWaves(me, language, names, place) : []),
        ...(await ofReplyChecks(language, names, place)),
        ...(await ofDecisions(me, language, place)),
      ];
    },
  };
}

/**
 * Who answered and who did not, as the release has it. How many is empty where that is hidden, and where it would be the
 * rate of one school, which not everybody who reads the record may see.
 */
function whoAnswered(language: Language, release: Release, place: string, kind: InvolvedGroup['kind']) {
  const rates = release.bands.map((band) => ({ words: bandName(band), rate: publicRate(release, place, band) }));
  return {
    groups: rates.map(({ words, rate }) => ({ kind, words, people: rate ? readPeople(String(rate.answered)) : '' })),
    missing: rates.flatMap(({ words, rate }) => (rate ? [missingText(language, words, rate)] : [])).join('\n'),
  };
}

function decided(language: Language, proposal: Proposal, step: ProposalStep, place: string): Offer[] {
  const { count } = step;
  if (!count || (step.step !== 'agreed' && step.step !== 'not-agreed')) return [];
  const draft = proposal.drafts.find(({ number }) => number === step.number);
  const name = shortened(draft?.texts[draft.language]?.text ?? '');
  const day = step.at.slice(0, 10);
  const { engagement } = language.words;
  const entry: EntryWords = {
    ...emptyEntry(place),
    title: engagement['prefill-decision'],
    ...{ from: day, to: day, methods: ['forum'] },
    // Words that their writer took away are gone here too.
    decision: name && language.say('engagement', 'prefill-decisionWords', { name: isolated(language, name) }),
    groups: [forumOf(count.inFavour + count.against + count.unsure)],
    said: engagement[`prefill-${step.step}`],
  };
  const key = `decision:${proposal.id}.${step.number}`;
  return [{ key, words: offerText(language, 'decision', name), entry }];
}

const forumOf = (people: number): InvolvedGroup => ({ kind: 'forum', words: '', people: readPeople(String(people)) });

function missingText(language: Language, band: string, { answered, roll }: { answered: number; roll: number }): string {
  return language.say('engagement', 'prefill-waveMissing', {
    ...{ band: isolated(language, band), answered: language.number(answered), roll: language.number(roll) },
  });
}

function offerText(language: Language, kind: 'wave' | 'check' | 'decision', name: string): string {
  return language.say('engagement', `offer-${kind}`, { name: isolated(language, name) });
}

const shortened = (name: string) => (name.length > NAME_LENGTH ? `${name.slice(0, NAME_LENGTH - 1).trimEnd()}…` : name);
