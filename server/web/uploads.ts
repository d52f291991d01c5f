import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { Fault } from '../errors.ts';
import type { App } from './services.ts';
import { MOST_BYTES } from './workbooks/archive.ts';

/*
 * Files that somebody sends in a form. Only routes that are registered here take such a form at all; everywhere else
 * it is refused. Who may send it and where the form stands is looked at before a byte is read, as for every form.
 */

/** One file as it was sent. Its name is for showing only: nothing is kept or opened under it. */
export interface UploadedFile {
  name: string;
  bytes: Uint8Array;
}

/** What may be wrong before anybody looks into a file; words for each are in `uploads.json`. */
export type UploadProblem = 'missing' | 'too-large' | 'several';

export interface Upload {
  file: UploadedFile | UploadProblem;
  /** The other fields of the form; of one that comes twice, the last. Its route checks their shape. */
  fields: Readonly<Record<string, string>>;
}

const LIMITS = { files: 1, fileSize: MOST_BYTES, fields: 20, fieldSize: 64 * 1024, fieldNameSize: 100, parts: 22 };
const NAME_LENGTH = 120;

/** Registers routes whose form may hold one file (`enctype="multipart/form-data"`), read by `readUpload`. */
export async function takeUploads(app: App, routes: (uploads: App) => void | Promise<void>): Promise<void> {
  await app.register(async (uploads: App) => {
    await uploads.register(multipart, { limits: LIMITS, throwFileSizeLimit: false });
    await routes(uploads);
  });
}

/**
 * The file and the fields of a form. That there is none, two, or one that is too large is a value, so that a page can
 * say so beside the field; a form that breaks off or cannot be read ends as a bad request.
 */
export async function readUpload(request: FastifyRequest): Promise<Upload> {
  if (!request.isMultipart()) return { file: 'missing', fields: {} };
  const fields = new Map<string, string>();
  let file: Upload['file'] = 'missing';
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') fields.set(part.fieldname, String(part.value));
      else {
        const bytes = await part.toBuffer();
        const name = shownName(part.filename);
        if (part.file.truncated) file = 'too-large';
        else if (name !== '' || bytes.length > 0) file = { name, bytes };
      }
    }
  } catch (error) {
    if ((error as { code?: string }).code !== 'FST_FILES_LIMIT') throw unreadable(error);
    file = 'several';
  }
  return { file, fields: Object.fromEntries(fields) };
}

function unreadable(error: unknown): Fault {
  const reason = error instanceof Error ? error.message : String(error);
  return new Fault('bad-request', `A form with a file cannot be read: ${reason}`);
}

/** The last part of a path, as some browsers send one, without signs that nobody sees. */
function shownName(name: string | undefined): string {
  const last = (name ?? '').split(/[\\/]/).at(-1) ?? '';
  return last.replace(/\p{C}/gu, '').slice(0, NAME_LENGTH);
}
