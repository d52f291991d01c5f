/*
 * Every fault that a page can end in: its code, HTTP status and the key of its words in
 * locales/<language>/errors.json. Expected trouble (a wrong answer in a form) is a value and is not
 * here; these end the request on a translated page that carries a reference.
 */
export const FAULTS = {
  'not-found': { status: 404, words: 'notFound' },
  'method-not-allowed': { status: 405, words: 'methodNotAllowed' },
  'bad-request': { status: 400, words: 'badRequest' },
  'too-large': { status: 413, words: 'tooLarge' },
  'too-many': { status: 429, words: 'tooMany' },
  'foreign-form': { status: 403, words: 'foreignForm' },
  'not-allowed': { status: 403, words: 'notAllowed' },
  'own-work': { status: 403, words: 'ownWork' },
  'tied-accounts': { status: 403, words: 'tiedAccounts' },
  'invitation-gone': { status: 404, words: 'invitationGone' },
  'council-unreachable': { status: 503, words: 'councilUnreachable' },
  'council-refused': { status: 403, words: 'councilRefused' },
  'council-unknown': { status: 403, words: 'councilUnknown' },
  'session-over': { status: 403, words: 'sessionOver' },
  'carried-on-elsewhere': { status: 409, words: 'carriedOnElsewhere' },
  'wave-closed': { status: 410, words: 'waveClosed' },
  'wave-not-open': { status: 409, words: 'waveNotOpen' },
  'wave-already-open': { status: 409, words: 'waveAlreadyOpen' },
  'wave-was-closed': { status: 409, words: 'waveWasClosed' },
  'setup-changed': { status: 409, words: 'setupChanged' },
  'house-rules': { status: 409, words: 'houseRules' },
  'forum-ended': { status: 409, words: 'forumEnded' },
  'last-reader': { status: 409, words: 'lastReader' },
  'already-done': { status: 409, words: 'alreadyDone' },
  'not-ready': { status: 409, words: 'notReady' },
  'correction-begun': { status: 409, words: 'correctionBegun' },
  'texts-of-left-out': { status: 409, words: 'textsOfLeftOut' },
  rehearsal: { status: 409, words: 'rehearsal' },
  'answers-deleted': { status: 410, words: 'answersDeleted' },
  superseded: { status: 410, words: 'superseded' },
  'hidden-result': { status: 404, words: 'hiddenResult' },
  unexpected: { status: 500, words: 'unexpected' },
} as const;

export type FaultCode = keyof typeof FAULTS;

/** Ends a request on the page of its code. The message is for the log, never for the page. */
export class Fault extends Error {
  readonly code: FaultCode;

  constructor(code: FaultCode, message: string = code) {
    super(message);
    this.name = 'Fault';
    this.code = code;
  }
}

/** The address of a release that another one replaced: nothing of it is shown, and its page leads on. */
export class Superseded extends Fault {
  /** Ids of the release that was asked for, and of the one that stands in its place. */
  readonly asked: string;
  readonly successor: string;

  constructor(asked: string, successor: string) {
    super('superseded', 'A correction stands in the place of this release.');
    this.asked = asked;
    this.successor = successor;
  }
}

/** Stops the start with one sentence for whoever runs the server. */
export class StartError extends Error {}
