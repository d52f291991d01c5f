/*
 * The classes of a school, read from its roll: a class is a school and the name that the roll gives it. A composite
 * class holds several stages; where the roll names no class, the stage is the class.
 */

/** The pupils of one stage of a class. */
export interface ClassPart<Stage extends string = string> {
  stage: Stage;
  /** The class as codes and counters carry it: empty where the roll names none. */
  class: string;
  pupils: number;
}

export interface SchoolClass<Stage extends string = string> {
  name: string;
  /** By stage. */
  parts: readonly ClassPart<Stage>[];
}

/** What a roll row has to say of its class. */
interface RollPart<Stage extends string> {
  stage: Stage;
  class: string | null;
  pupils: number;
}

/** The classes on a school's roll, by stage and name. */
export function classesOf<Stage extends string>(roll: readonly RollPart<Stage>[]): SchoolClass<Stage>[] {
  const classes = new Map<string, ClassPart<Stage>[]>();
  for (const { stage, class: className, pupils } of roll) {
    if (pupils === 0) continue;
    const name = className || stage;
    const parts = classes.get(name) ?? [];
    const same = parts.find((part) => part.stage === stage && part.class === (className ?? ''));
    if (same) same.pupils += pupils;
    else parts.push({ stage, class: className ?? '', pupils });
    classes.set(name, parts);
  }
  return [...classes.entries()]
    .map(([name, parts]) => ({ name, parts: parts.toSorted((one, other) => compare(one.stage, other.stage)) }))
    .toSorted((one, other) => compare(orderOf(one), orderOf(other)));
}

/** The stages of a class, each once. */
export function stagesOf<Stage extends string>({ parts }: SchoolClass<Stage>): Stage[] {
  return [...new Set(parts.map(({ stage }) => stage))];
}

/** Primary stages come before secondary ones, and "P" before "S" in the alphabet too. */
const orderOf = ({ name, parts }: SchoolClass) => `${parts[0]?.stage ?? ''} ${name}`;

function compare(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}
