import { askedTopics, type AskedTopic } from '../core/fieldwork/asked-topics.ts';
import { isOpenFamily } from '../core/fieldwork/open-family.ts';
import { missingForOpening, missingForRehearsal, type Missing } from '../core/fieldwork/opening.ts';
import { replyChoiceOf } from '../core/fieldwork/reply-wave.ts';
import type { NotedParts } from '../core/fieldwork/setup.ts';
import { asksForWords } from '../core/survey/kinds.ts';
import { levelOf, LEVELS, type Level, type Stage } from '../core/survey/stage.ts';
import type { SurveyText } from '../core/survey/text.ts';
import { createAccounts, type Account } from '../storage/accounts.ts';
import { createAnswerDeletions } from '../storage/answer-deletions.ts';
import { createAuthorities, type Authority } from '../storage/authorities.ts';
import { createCodes } from '../storage/codes.ts';
import { createFieldworkCounters, type FieldworkCount } from '../storage/fieldwork-counters.ts';
import {
  createHelpContacts,
  DEFAULT_CONTACTS,
  type DefaultContact,
  type HelpContact,
} from '../storage/help-contacts.ts';
import { createPlaces, type Place } from '../storage/places.ts';
import { createRehearsals, type Rehearsal } from '../storage/rehearsals.ts';
import { sha256 } from '../storage/releases.ts';
import { createReplies, type PublishedReply } from '../storage/replies.ts';
import { createSurveys, type SurveyVersion } from '../storage/surveys.ts';
import { createWaveLinks, type WaveLink } from '../storage/wave-links.ts';
import { createWaveReaders } from '../storage/wave-readers.ts';
import { createWaveReplies } from '../storage/wave-replies.ts';
import { setupFingerprint } from '../storage/setup-fingerprint.ts';
import { createWaves, type Wave, type WaveSchool } from '../storage/waves.ts';
import { createWaveSetup, type Postponement, type WaveSetupState } from '../storage/wave-setup.ts';
import { createWaveTopics, type SwitchedTopic } from '../storage/wave-topics.ts';
import { LANGUAGES, type LanguageCode } from '../web/language.ts';
import type { Services } from '../web/services.ts';

/** A survey as a wave asks it, with its words by language. */
export interface AskedVersion {
  version: SurveyVersion;
  texts: ReadonlyMap<string, SurveyText>;
}

/** Whom people of a level are led to: the authority's own contacts, or those that Heard knows. */
export interface LevelContacts {
  level: Level;
  own: readonly HelpContact[];
  known: readonly DefaultContact[];
}

/** Everything the page of a wave tells. */
export interface WaveFacts {
  wave: Wave;
  authority: Authority;
  today: string;
  contents: readonly AskedVersion[];
  /** Whether whoever comes may answer, by way of links and not of schools. */
  open: boolean;
  setup: WaveSetupState;
  /** Tells this setup from any other; read before everything else here. */
  fingerprint: string;
  missing: readonly Missing[];
  missingForRehearsal: readonly Missing[];
  rehearsals: readonly Rehearsal[];
  /** How many have answered to the end in the rehearsal that is under way. */
  rehearsalSent: number;
  postponements: readonly Postponement[];
  /** Whether its answers are deleted because their time was over. */
  deleted: boolean;
  contacts: readonly LevelContacts[];
  /** Tells these contacts from any others. */
  contactsHash: string;
  /** Tells what it asks whom from anything else: surveys, bands, topics, its reply, and whether it asks for words. */
  asked: string;
  schoolsWithoutRoll: readonly string[];
  stagesWithoutSurvey: readonly Stage[];
  schools: readonly WaveSchool[];
  roll: ReadonlyMap<string, number>;
  unspent: ReadonlyMap<string, number>;
  counts: readonly FieldworkCount[];
  /** Topics that somebody has to decide on, and those that are on. */
  askedTopics: readonly AskedTopic[];
  switchedTopics: readonly SwitchedTopic[];
  /** The reply that it asks about; undefined where it asks about none, or nobody has chosen. */
  reply: PublishedReply | undefined;
  /** Whether its surveys have questions to answer in one's own words. */
  asksForText: boolean;
  /** Accounts of its readers, and everybody who may be one. */
  readers: readonly string[];
  readerAccounts: readonly Account[];
  links: readonly WaveLink[];
  localities: readonly Place[];
}

/** Gathers what the page of a wave tells, and with it whether the wave may open. */
export async function gatherWaveFacts({ database, clock }: Services, wave: Wave): Promise<WaveFacts> {
  const authority = await createAuthorities(database).find(wave.authorityId);
  if (!authority) throw new Error(`Wave ${wave.id} is of no authority: expected its row. Restore it from a backup.`);
  const fingerprint = await setupFingerprint(database.query, wave.id);
  const contents = await contentsOf(database, wave);
  const definitions = contents.map(({ version }) => version.definition);
  const open = isOpenFamily(definitions);
  const schools = await createWaves(database).schools(wave.id);
  const stages = wave.bands.flatMap((band) => band.stages);
  const roll = await rollOf(database, wave);
  const schoolsWithoutRoll = schools.filter((school) => !roll.get(school.id)).map((school) => school.name);
  const stagesWithoutSurvey = stages.filter(
    (stage) => !definitions.some((definition) => definition.stages.includes(stage)),
  );
  const setup = await createWaveSetup(database).ofWave(wave.id);
  const contacts = await contactsOf(database, wave, open);
  const contactsHash = sha256(JSON.stringify(contacts));
  const rehearsals = createRehearsals(database);
  const held = await rehearsals.ofWave(wave.id);
  const underWay = held.find(({ endedAt }) => endedAt === null);
  const rehearsalSent = underWay ? await rehearsals.sentSoFar(underWay.id) : 0;
  const asksForText = definitions.some((definition) => definition.items.some(asksForWords));
  const readers = await createWaveReaders(database).ofWave(wave.id);
  const accounts = await createAccounts(database).list(wave.authorityId);
  const readerAccounts = accounts.filter((account) => account.roles.includes('text-reader'));
  const switchedTopics = await createWaveTopics(database).ofWave(wave.id);
  const reply = await replyOf(database, wave);
  const asked = sha256(
    JSON.stringify([
      wave.versionIds.toSorted(),
      wave.bands,
      switchedTopics.map(({ topic }) => topic).toSorted(),
      readers.length > 0,
      // A wave that asks about no reply asks what it asked before there were such waves.
      ...(reply ? [reply.id] : []),
    ]),
  );
  const answered = held.filter((rehearsal) => (rehearsal === underWay ? rehearsalSent : (rehearsal.sent ?? 0)) > 0);
  const openingFacts = {
    authorityKind: authority.kind,
    reached: open ? ('open' as const) : ('roll' as const),
    startsOn: wave.startsOn,
    endsOn: wave.endsOn,
    today: clock().slice(0, 10),
    bands: wave.bands.length,
    reply: replyChoiceOf(wave, reply, definitions, askedLanguages({ contents, setup })),
    schools: schools.length,
    readers: {
      named: asksForText ? readers.length : 0,
      reading: readerAccounts.filter(({ id }) => readers.includes(id)).length,
    },
    // Without stages nobody is on the roll of any school, and the stages are what is missing.
    schoolsWithoutRoll: stages.length > 0 ? schoolsWithoutRoll.length : 0,
    stagesWithoutSurvey,
    draftedTexts: draftedTexts(contents, setup.parts),
    parts: setup.parts,
    contacts: contactsHash,
    asked,
    rehearsed: answered.some((rehearsal) => rehearsal.asked === asked),
    rehearsedBefore: answered.length > 0,
  };
  const unspent = await createCodes(database).countUnspent(wave.id);
  return {
    wave,
    authority,
    today: openingFacts.today,
    contents,
    open,
    setup,
    fingerprint,
    missing: missingForOpening(openingFacts),
    missingForRehearsal: missingForRehearsal(openingFacts),
    rehearsals: held,
    rehearsalSent,
    deleted: await createAnswerDeletions(database).isDeleted(wave.id),
    postponements: await createWaveSetup(database).postponements(wave.id),
    contacts,
    contactsHash,
    asked,
    schoolsWithoutRoll,
    stagesWithoutSurvey,
    schools,
    roll,
    unspent: new Map(unspent.map((count) => [count.schoolId, count.unspent])),
    counts: await createFieldworkCounters(database).ofWave(wave.id),
    askedTopics: askedTopics(definitions, stages),
    switchedTopics,
    reply,
    asksForText,
    readers,
    readerAccounts,
    links: await createWaveLinks(database).ofWave(wave.id),
    localities: await createPlaces(database).localities(wave.authorityId),
  };
}

async function replyOf(database: Services['database'], wave: Wave): Promise<PublishedReply | undefined> {
  const chosen = await createWaveReplies(database).ofWave(wave.id);
  return chosen && createReplies(database).findPublished(chosen.replyId);
}

async function contentsOf(database: Services['database'], wave: Wave): Promise<AskedVersion[]> {
  const surveys = createSurveys(database);
  const versions = (await Promise.all(wave.versionIds.map((id) => surveys.find(id)))).filter(
    (version) => version !== undefined,
  );
  return Promise.all(versions.map(async (version) => ({ version, texts: await surveys.texts(version.id) })));
}

/** Pupils of the wave's stages by school: as they are now, or as they were when the wave opened. */
async function rollOf(database: Services['database'], wave: Wave): Promise<Map<string, number>> {
  const stages = wave.bands.flatMap((band) => band.stages);
  const rows =
    wave.state === 'made'
      ? await createPlaces(database).rollTotals(wave.authorityId)
      : await createWaves(database).roll(wave.id);
  const roll = new Map<string, number>();
  for (const row of rows.filter((candidate) => stages.includes(candidate.stage))) {
    roll.set(row.schoolId, (roll.get(row.schoolId) ?? 0) + row.pupils);
  }
  return roll;
}

/** Whom the people of a wave are led to, by the levels that its stages have. */
async function contactsOf(database: Services['database'], wave: Wave, open: boolean): Promise<LevelContacts[]> {
  const asked = new Set<Level>(
    open ? ['adult'] : wave.bands.flatMap((band) => band.stages.map((stage) => levelOf(stage))),
  );
  const own = await createHelpContacts(database).ofAuthority(wave.authorityId);
  return LEVELS.filter((level) => asked.has(level)).map((level) => {
    const ofLevel = own.filter((contact) => contact.level === level);
    return { level, own: ofLevel, known: ofLevel.length > 0 ? [] : DEFAULT_CONTACTS[level] };
  });
}

function draftedTexts(contents: readonly AskedVersion[], parts: NotedParts): number {
  const asked = parts.languages?.languages ?? [];
  return contents
    .flatMap(({ texts }) => [...texts.values()])
    .filter(({ language, status }) => asked.includes(language) && status === 'drafted').length;
}

/** The languages that every survey of a wave is there in. */
export function languagesOf(contents: readonly AskedVersion[]): LanguageCode[] {
  return LANGUAGES.map(({ code }) => code).filter((code) => contents.every(({ texts }) => texts.has(code)));
}

/** The languages that a wave is asked in: those that were chosen for it; all that there are until somebody chose. */
export function askedLanguages({ contents, setup }: Pick<WaveFacts, 'contents' | 'setup'>): LanguageCode[] {
  const chosen = setup.parts.languages?.languages;
  return languagesOf(contents).filter((code) => chosen === undefined || chosen.includes(code));
}
