import type { FactorState } from '../storage/second-factors.ts';
import type { Language } from '../web/language.ts';
import { drawQr, type QrDrawing } from '../web/qr.ts';
import type { Views } from '../web/views.ts';
import { writeRecoveryCode } from './totp.ts';

declare module '../web/views.ts' {
  interface Views {
    'people/second-step': { title: string; faults: FieldFault[]; next: string };
    'people/second-factor': {
      title: string;
      faults: FieldFault[];
      /** Whether nothing else opens until it is set up. */
      demanded: boolean;
      next: string;
      begun: boolean;
      qr: QrDrawing;
      key: string;
      setUp: boolean;
      since: string;
      codesLeft: string;
      asksPassword: boolean;
    };
    'people/recovery-codes': { title: string; codes: string[]; next: string };
  }
}

export function secondStepPage(
  language: Language,
  { next, refused }: { next: string; refused: boolean },
): Views['people/second-step'] {
  const { words } = language;
  const faults = refused ? [{ field: 'code', message: words.people.faultCode }] : [];
  return { title: words.people.secondStepTitle, faults, next };
}

/** What the page of one's own second factor shows. `begun` is the device that waits for its first code. */
export interface FactorFacts {
  demanded: boolean;
  next: string;
  state: FactorState;
  begun: { secret: string; address: string } | null;
  fault?: { field: 'code' | 'password'; words: 'faultCode' | 'faultOwnPassword' };
}

export function secondFactorPage(language: Language, facts: FactorFacts): Views['people/second-factor'] {
  const { words } = language;
  const { begun, state, fault } = facts;
  return {
    title: words.people.secondFactorTitle,
    faults: fault ? [{ field: fault.field, message: words.people[fault.words] }] : [],
    demanded: facts.demanded,
    next: facts.next,
    begun: begun !== null,
    qr: begun ? drawQr(begun.address) : { size: 0, path: '' },
    key: begun ? begun.secret.replace(/(.{4})(?=.)/g, '$1 ') : '',
    setUp: state.confirmedAt !== null,
    since: state.confirmedAt ? language.date(state.confirmedAt) : '',
    codesLeft: language.say('people', 'codesLeft', { count: state.codesLeft }),
    asksPassword: state.confirmedAt !== null,
  };
}

export function recoveryCodesPage(
  language: Language,
  codes: readonly string[],
  next: string,
): Views['people/recovery-codes'] {
  return { title: language.words.people.recoveryCodesTitle, codes: codes.map(writeRecoveryCode), next };
}
