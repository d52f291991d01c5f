/*
 * Names of the demonstration. All are invented: no Scottish council, town or school bears them as far as
 * we know. Whoever adds one holds it against a map first.
 */

/** Towns; each gives its name to a cluster, its secondary school and one primary school. */
export const TOWNS = [
  'Ardvessa',
  'Balquorn',
  'Carrowmell',
  'Dalvennick',
  'Drumharrel',
  'Eskarroch',
  'Fallowhaugh',
  'Garrisk',
  'Glenvorran',
  'Harrowmoss',
  'Invertarra',
  'Kelvarrow',
  'Kilmerrock',
  'Lorrisdale',
  'Mossgarrel',
  'Nethervarr',
  'Orvaig',
  'Pendrochan',
  'Quoigbrae',
  'Rathvennan',
  'Skarrowbie',
  'Strathvarrel',
  'Tullizorn',
  'Whinharrow',
] as const;

/** Parts of the demonstration authority, as codes and names. */
export const LOCALITIES = [
  { code: 'north', name: 'North Strathlorn' },
  { code: 'vessa-valley', name: 'Vessa Valley' },
  { code: 'lornwater', name: 'Lornwater' },
  { code: 'kelva-moor', name: 'Kelva Moor' },
] as const;

const BEGINNINGS = [
  'Arva',
  'Brenna',
  'Corva',
  'Drella',
  'Fenza',
  'Gorra',
  'Irrel',
  'Kesta',
  'Nessol',
  'Pella',
  'Ullan',
  'Yarra',
];
const ENDINGS = ['burn', 'mill', 'brae', 'moss', 'law', 'gate', 'bank', 'rigg', 'shaw', 'holm', 'dale', 'knowe'];

/** Villages and quarters, for primary schools: every beginning with every ending. */
export const VILLAGES = ENDINGS.flatMap((ending) => BEGINNINGS.map((beginning) => `${beginning}${ending}`));
