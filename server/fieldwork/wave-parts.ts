import type { TopicId } from '../core/survey/topics.ts';
import { LANGUAGES, type Language } from '../web/language.ts';
import type { FieldFault, Views } from '../web/views.ts';
import { linkAddress, waveHref } from './addresses.ts';
import { languagesOf, type WaveFacts } from './wave-facts.ts';

/* The parts of a wave's page that only some waves have: topics to decide on, readers, links. */

declare module '../web/views.ts' {
  interface Views {
    'fieldwork/wave-topics': {
      formHref: string;
      canChange: boolean;
      topics: {
        id: string;
        name: string;
        asked: string;
        /** Who switched it on and why, empty while it is off. */
        switchedOn: string;
        reason: string;
        reasonId: string;
        fault: string;
        removalHref: string;
        switchOnWords: string;
        switchOffWords: string;
      }[];
    };
    'fieldwork/wave-readers': {
      formHref: string;
      canAdd: boolean;
      readers: { name: string; removalHref: string; removeWords: string }[];
      candidates: { id: string; name: string }[];
      fault: string;
    };
    'fieldwork/wave-links': {
      formHref: string;
      canMake: boolean;
      links: {
        locality: string;
        address: string;
        letters: { href: string; words: string; lang: string; nameWords: string }[];
      }[];
      choices: { value: string; words: string }[];
    };
  }
}

/** A reason that was typed and found too short. */
export interface TypedReason {
  topic: TopicId;
  reason: string;
}

/** Topics that are off until somebody decides; null where the surveys ask about none, or all stayed off. */
export function topicsPart(
  language: Language,
  { wave, askedTopics, switchedTopics }: WaveFacts,
  faults: readonly FieldFault[],
  typed: TypedReason | undefined,
): Views['fieldwork/wave-topics'] | null {
  const canChange = wave.state === 'made';
  const topics = askedTopics.map(({ topic, from, questions }) => {
    const name = language.words.fieldwork[`topic-${topic}`];
    const switched = switchedTopics.find((candidate) => candidate.topic === topic);
    const reasonId = `reason-${topic}`;
    return {
      id: topic,
      name,
      asked: language.say('fieldwork', 'topicAsked', { count: questions, stage: from }),
      switchedOn: switched
        ? language.say('fieldwork', 'topicSwitchedOn', {
            name: switched.signInName,
            date: language.date(switched.switchedOnAt),
          })
        : '',
      reason: switched?.reason ?? (typed?.topic === topic ? typed.reason : ''),
      reasonId,
      fault: faults.find((fault) => fault.field === reasonId)?.message ?? '',
      removalHref: `${waveHref(wave.id)}/topics/${topic}/removal`,
      switchOnWords: language.say('fieldwork', 'topicSwitchOnOf', { topic: name }),
      switchOffWords: language.say('fieldwork', 'topicSwitchOffOf', { topic: name }),
    };
  });
  const shown = canChange ? topics : topics.filter(({ switchedOn }) => switchedOn !== '');
  return shown.length > 0 ? { formHref: `${waveHref(wave.id)}/topics`, canChange, topics: shown } : null;
}

/** Who reads what young people write; null where nobody is asked for words, or nobody can be named any more. */
export function readersPart(
  language: Language,
  { wave, asksForText, readers, readerAccounts }: WaveFacts,
  faults: readonly FieldFault[],
): Views['fieldwork/wave-readers'] | null {
  const canAdd = wave.state === 'made' || (wave.state === 'open' && readers.length > 0);
  if (!asksForText || (!canAdd && readers.length === 0)) return null;
  const nameOf = (id: string) =>
    readerAccounts.find((account) => account.id === id)?.signInName ?? language.words.fieldwork.readerGone;
  return {
    formHref: `${waveHref(wave.id)}/readers`,
    canAdd,
    readers: readers.map((id) => ({
      name: nameOf(id),
      removalHref: wave.state === 'made' ? `${waveHref(wave.id)}/readers/${id}/removal` : '',
      removeWords: language.say('fieldwork', 'readerRemoveOf', { name: nameOf(id) }),
    })),
    candidates: readerAccounts
      .filter((account) => canAdd && !readers.includes(account.id))
      .map((account) => ({ id: account.id, name: account.signInName })),
    fault: faults.find((fault) => fault.field === 'readers')?.message ?? '',
  };
}

/** Links of a wave that is open to whoever comes; null for any other. */
export function linksPart(
  language: Language,
  { wave, open, contents, links, localities }: WaveFacts,
  origin: string,
): Views['fieldwork/wave-links'] | null {
  if (!open) return null;
  const words = language.words.fieldwork;
  const free = (localityId: string | null) => !links.some((link) => link.localityId === localityId);
  const letterLanguages = LANGUAGES.filter(({ code }) => languagesOf(contents).includes(code));
  const choices = [
    ...(free(null) ? [{ value: '', words: words.noLocality }] : []),
    ...localities.filter(({ id }) => free(id)).map(({ id, name }) => ({ value: id, words: name })),
  ];
  return {
    formHref: `${waveHref(wave.id)}/links`,
    canMake: choices.length > 0 && (wave.state === 'made' || wave.state === 'open'),
    links: links.map(({ token, localityName }) => ({
      locality: localityName ?? words.noLocality,
      address: linkAddress(origin, token),
      letters: letterLanguages.map(({ code, name }) => ({
        href: `${waveHref(wave.id)}/links/${token}/letter?language=${code}`,
        words: name,
        lang: code,
        nameWords: language.say('fieldwork', 'letterOf', {
          locality: localityName ?? words.noLocality,
          language: name,
        }),
      })),
    })),
    choices,
  };
}
