import type { Audit, AuditCheck } from '../storage/audit.ts';

/** A check of the whole record, and when it was done. */
export interface DoneCheck extends AuditCheck {
  at: string;
}

export interface RecordChecks {
  /** Checks the whole record; who asks meanwhile waits for the same check. */
  run(): Promise<void>;
  /** The last one since the server started. */
  last(): DoneCheck | null;
}

/** A long record takes seconds to check, so it is done when somebody asks for it and not whenever somebody looks. */
export function createRecordChecks(audit: Pick<Audit, 'check'>, clock: () => string): RecordChecks {
  let last: DoneCheck | null = null;
  let underWay: Promise<void> | null = null;
  async function check(): Promise<void> {
    try {
      last = { ...(await audit.check()), at: clock() };
    } finally {
      underWay = null;
    }
  }
  return {
    run: () => (underWay ??= check()),
    last: () => last,
  };
}
