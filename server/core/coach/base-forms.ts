/* The forms of an English word that a list of words may hold it under. */

const ENDINGS: [ending: RegExp, instead: string[]][] = [
  [/ies$/, ['y']],
  [/ied$/, ['y']],
  [/ier$/, ['y']],
  [/iest$/, ['y']],
  [/ily$/, ['y']],
  [/es$/, ['', 'e']],
  [/s$/, ['']],
  [/ed$/, ['', 'e']],
  [/ing$/, ['', 'e']],
  [/er$/, ['', 'e']],
  [/est$/, ['', 'e']],
  [/ly$/, ['', 'le']],
  [/y$/, ['', 'e']],
];
const DOUBLED = /([bdgklmnprt])\1$/;

/** A word and its simpler forms: "worried" and "worry", "stopping" and "stop", "unfairly" and "fair". */
export function baseForms(word: string): string[] {
  const forms = new Set([word]);
  if (word.startsWith('un') && word.length > 5) forms.add(word.slice(2));
  for (const form of [...forms]) {
    for (const simpler of simplerForms(form)) {
      forms.add(simpler);
      for (const simplest of simplerForms(simpler)) forms.add(simplest);
    }
  }
  // British and American spelling.
  for (const form of [...forms]) {
    forms.add(form.replace(/our$/, 'or'));
    forms.add(form.replace(/re$/, 'er'));
    forms.add(form.replace(/ise$/, 'ize'));
  }
  return [...forms].filter((form) => form.length > 1);
}

function simplerForms(word: string): string[] {
  return ENDINGS.flatMap(([ending, instead]) => {
    if (!ending.test(word)) return [];
    const stem = word.replace(ending, '');
    if (stem.length < 3) return [];
    const forms = instead.map((end) => stem + end);
    return DOUBLED.test(stem) ? [...forms, stem.slice(0, -1)] : forms;
  });
}
