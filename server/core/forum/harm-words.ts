import { keyOf } from '../texts/keys.ts';

/*
 * Words by which somebody may say that they, or somebody they know, are in danger. They are looked for in every text,
 * whatever language its page is in. English and Arabic are held; in other languages nothing is found, and the page for
 * youth workers says so. Written for Heard and to be reviewed by somebody who works with children at risk.
 */

/** Each is a run of words; a star stands for any ending of its word. */
const PHRASES = [
  // Suicide and self-harm
  'suicid*', 'kill myself', 'kill me', 'killing myself', 'kms', 'unalive*', 'end my life', 'ending my life', 'end it all',
  'take my own life', 'want to die', 'wanna die', 'wish i was dead', 'wish i were dead', 'wish i wasnt here',
  'better off dead', 'better off without me', 'dont want to live', 'dont want to be alive', 'dont want to be here anymore',
  'no reason to live', 'not worth living', 'self harm*', 'selfharm*', 'harm myself', 'harming myself', 'hurt myself',
  'hurting myself', 'cut myself', 'cutting myself', 'cuts herself', 'cuts himself', 'cuts themselves', 'burn myself',
  'overdos*', 'starve myself', 'starving myself', 'make myself sick', 'making myself sick',
  // Violence and abuse
  'abus*', 'rape', 'raped', 'rapist*', 'raping', 'molest*', 'grooming', 'groomed', 'touches me', 'touched me', 'touching me', 'hits me', 'hit me',
  'hitting me', 'beats me', 'beat me up', 'beating me', 'kicks me', 'punches me', 'slaps me', 'chokes me', 'strangle*',
  'hurts me', 'hurting me', 'threatens me', 'threatened me', 'forces me', 'forced me', 'makes me do things', 'sent nudes',
  'send nudes', 'blackmail*', 'locked in', 'locks me', 'stab*', 'carry a knife', 'carries a knife',
  // Neglect, fear and leaving
  'scared to go home', 'afraid to go home', 'frightened to go home', 'not safe at home', 'unsafe at home',
  'dont feel safe at home', 'run away from home', 'running away from home', 'ran away from home', 'nowhere to sleep',
  'nothing to eat at home', 'no food at home', 'left alone at night', 'forced to marry', 'forced marriage', 'fgm',
  // Arabic
  'انتحار*', 'انتحر*', 'أنتحر', 'ينتحر', 'تنتحر', 'أقتل نفسي', 'قتل نفسي', 'اقتل حالي', 'أقتل حالي', 'أريد أن أموت', 'أريد الموت',
  'بدي أموت', 'بدي موت', 'عايز أموت', 'عايزة أموت', 'أتمنى الموت', 'أنهي حياتي', 'إنهاء حياتي', 'لا أريد أن أعيش', 'ما بدي عيش',
  'أؤذي نفسي', 'إيذاء نفسي', 'إيذاء النفس', 'أجرح نفسي', 'جرحت نفسي', 'أضر نفسي', 'يضربني', 'تضربني', 'ضربني', 'ضربتني', 'يضربونني',
  'يضربوني', 'يلمسني', 'لمسني', 'يتحرش*', 'تحرش*', 'متحرش*', 'اغتصاب*', 'اغتصب*', 'يعتدي علي', 'اعتدى علي', 'اعتداء', 'يؤذيني',
  'تؤذيني', 'يهددني', 'تهددني', 'هددني', 'يبتزني', 'ابتزاز', 'يجبرني', 'أجبرني', 'زواج قسري', 'أخاف من البيت', 'أخاف أن أعود إلى البيت',
  'لا أشعر بالأمان في البيت', 'أهرب من البيت', 'هربت من البيت', 'لا مكان أنام فيه', 'لا يوجد طعام في البيت', 'جرعة زائدة', 'طعن*', 'سكين',
]; // prettier-ignore

/** Letters that writers in haste leave out or put in: apostrophes, and the seat of an Arabic hamza. */
function plain(words: string): string {
  return keyOf(words)
    .replace(/['’`]/gu, '')
    .replace(/[أإآٱ]/gu, 'ا')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

const pattern = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${PHRASES.map((phrase) => {
    const words = plain(phrase.replace('*', ''));
    return phrase.endsWith('*') ? `${words}\\p{L}*` : words;
  }).join('|')})(?![\\p{L}\\p{N}])`,
  'u',
);

/** Whether words say that somebody may be in danger; punctuation, case, accents and apostrophes do not matter. */
export function namesHarm(words: string): boolean {
  return pattern.test(plain(words));
}
