import { bandName, DEFAULT_BANDS } from '../core/survey/stage.ts';
import type { Language } from '../web/language.ts';
import type { FieldFault, Views } from '../web/views.ts';

declare module '../web/views.ts' {
  interface Views {
    'fieldwork/new-wave': {
      title: string;
      faults: FieldFault[];
      form: { name: string; startsOn: string; endsOn: string };
      families: { value: string; words: string; chosen: boolean }[];
      /** Whether some family is open to whoever comes, and so needs neither bands nor schools here. */
      someOpen: boolean;
      bands: { value: string; words: string; checked: boolean }[];
      schools: {
        id: string;
        name: string;
        asked: boolean;
        askedWords: string;
        agreed: boolean;
        agreedWords: string;
      }[];
    };
  }
}

/** What somebody has put into the form of a new wave so far. */
export interface WaveForm {
  name: string;
  family: string;
  startsOn: string;
  endsOn: string;
  bands: readonly string[];
  schools: readonly string[];
  agreed: readonly string[];
}

/** A family of surveys that a wave can ask. */
export interface Family {
  id: string;
  /** Whether it is open to whoever comes. */
  open: boolean;
}

export function newWavePage(
  language: Language,
  form: WaveForm,
  families: readonly Family[],
  schools: readonly { id: string; name: string }[],
  faults: FieldFault[],
): Views['fieldwork/new-wave'] {
  return {
    title: language.words.fieldwork.newTitle,
    faults,
    form: { name: form.name, startsOn: form.startsOn, endsOn: form.endsOn },
    families: families.map(({ id, open }) => ({
      value: id,
      words: open ? language.say('fieldwork', 'openFamily', { family: id }) : id,
      chosen: id === form.family,
    })),
    someOpen: families.some(({ open }) => open),
    bands: DEFAULT_BANDS.map((band) => ({
      value: band.id,
      words: bandName(band),
      checked: form.bands.includes(band.id),
    })),
    schools: schools.map((school) => ({
      id: school.id,
      name: school.name,
      asked: form.schools.includes(school.id),
      askedWords: language.say('fieldwork', 'askedOf', { school: school.name }),
      agreed: form.agreed.includes(school.id),
      agreedWords: language.say('fieldwork', 'agreedOf', { school: school.name }),
    })),
  };
}

/** What is wrong with the form of a new wave. A family that is open to whoever comes needs no bands and no schools. */
export function waveFaults(
  words: Language['words']['fieldwork'],
  form: WaveForm,
  family: Family | undefined,
  schools: number,
): FieldFault[] {
  const faults: FieldFault[] = [];
  if (form.name.length < 3) faults.push({ field: 'name', message: words.faultName });
  if (!family) faults.push({ field: 'family', message: words.faultFamily });
  const dated = !Number.isNaN(Date.parse(form.startsOn)) && !Number.isNaN(Date.parse(form.endsOn));
  if (!dated || form.endsOn < form.startsOn) faults.push({ field: 'endsOn', message: words.faultDates });
  if (family?.open) return faults;
  if (!DEFAULT_BANDS.some((band) => form.bands.includes(band.id))) {
    faults.push({ field: 'bands', message: words.faultBands });
  }
  if (schools === 0) faults.push({ field: 'schools', message: words.faultSchools });
  return faults;
}
