import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { LEVELS, type Level } from '../core/survey/stage.ts';
import { Fault } from '../errors.ts';
import { createAudit, type AuditAction } from '../storage/audit.ts';
import { createHelpContacts, type ContactWords } from '../storage/help-contacts.ts';
import { person } from '../web/access.ts';
import { isolated, LANGUAGES, type Language } from '../web/language.ts';
import type { App, Services } from '../web/services.ts';
import type { FieldFault } from '../web/views.ts';
import { DEEDS, EMPTY_FORM, helpContactPage, helpListPage, type ContactForm, type Deed } from './help-pages.ts';

const LONGEST_NAME = 80;
const LONGEST_ABOUT = 400;
const LONGEST_WEB = 200;

const Typed = Type.String({ maxLength: 4000 });
/** Besides these, `name-` and `about-` with the code of each language. */
const ContactBody = Type.Object(
  { level: Type.Enum(LEVELS), phone: Typed, web: Typed },
  { patternProperties: { '^(name|about)-[a-z]{2,3}$': Typed }, additionalProperties: false },
);
const Direction = Type.Object({ direction: Type.Enum(['up', 'down']) }, { additionalProperties: false });
const WithId = Type.Object({ id: Type.String({ maxLength: 40 }) });
const WithDeed = Type.Object({ done: Type.Optional(Type.Enum(DEEDS)) });
const WithLevel = Type.Object({ level: Type.Optional(Type.Enum(LEVELS)) });

/** Whom people who answer can turn to, by level; the administrator of an authority keeps the list. */
export function helpContactRoutes(app: App, { database, clock }: Services): void {
  const contacts = createHelpContacts(database);
  const audit = createAudit(database);
  const administrator = { config: { access: ['administrator'] } } as const;

  app.get('/admin/help', { schema: { querystring: WithDeed }, ...administrator }, async (request, reply) => {
    const all = await contacts.ofAuthority(person(request).authorityId);
    return reply.page('admin/help', helpListPage(request.language, all, request.query.done));
  });

  app.get('/admin/help-contacts/new', { schema: { querystring: WithLevel }, ...administrator }, (request, reply) => {
    const form = { ...EMPTY_FORM, level: request.query.level ?? 's1-s3' };
    return reply.page('admin/help-contact', helpContactPage(request.language, null, form, []));
  });

  app.post('/admin/help-contacts', { schema: { body: ContactBody }, ...administrator }, async (request, reply) => {
    const form = readForm(request.body);
    const faults = formFaults(request.language, form);
    if (faults.length > 0) return askAgain(request, reply, null, form, faults);
    const id = await contacts.add(person(request).authorityId, form);
    return done(request, reply, 'added', id);
  });

  app.get('/admin/help-contacts/:id', { schema: { params: WithId }, ...administrator }, async (request, reply) => {
    const { id } = request.params;
    const contact = await contacts.find(person(request).authorityId, id);
    if (!contact) throw new Fault('not-found');
    return reply.page('admin/help-contact', helpContactPage(request.language, id, contact, []));
  });

  app.post(
    '/admin/help-contacts/:id',
    { schema: { params: WithId, body: ContactBody }, ...administrator },
    async (request, reply) => {
      const { id } = request.params;
      const { authorityId } = person(request);
      if (!(await contacts.find(authorityId, id))) throw new Fault('not-found');
      const form = readForm(request.body);
      const faults = formFaults(request.language, form);
      if (faults.length > 0) return askAgain(request, reply, id, form, faults);
      if (!(await contacts.change(authorityId, id, form))) throw new Fault('not-found');
      return done(request, reply, 'changed', id);
    },
  );

  app.post(
    '/admin/help-contacts/:id/position',
    { schema: { params: WithId, body: Direction }, ...administrator },
    async (request, reply) => {
      const { id } = request.params;
      const moved = await contacts.move(person(request).authorityId, id, request.body.direction);
      return moved ? done(request, reply, 'moved', id) : reply.redirect('/admin/help', 303);
    },
  );

  /** A second press finds nothing to remove and ends on the same list. */
  app.post(
    '/admin/help-contacts/:id/removal',
    { schema: { params: WithId }, ...administrator },
    async (request, reply) => {
      const { id } = request.params;
      const removed = await contacts.remove(person(request).authorityId, id);
      return removed ? done(request, reply, 'removed', id) : reply.redirect('/admin/help', 303);
    },
  );

  async function done(request: FastifyRequest, reply: FastifyReply, deed: Deed, id: string): Promise<FastifyReply> {
    const action: AuditAction = `help-contact-${deed}`;
    await audit.write({ at: clock(), accountId: person(request).accountId, action, subject: id });
    return reply.redirect(`/admin/help?done=${deed}`, 303);
  }
}

function askAgain(
  request: FastifyRequest,
  reply: FastifyReply,
  id: string | null,
  form: ContactForm,
  faults: FieldFault[],
): FastifyReply {
  return reply.code(422).page('admin/help-contact', helpContactPage(request.language, id, form, faults));
}

/** What was typed, without stray spaces. */
function readForm({ level, phone, web, ...rest }: { level: Level; phone: string; web: string }): ContactForm {
  const typed = rest as Partial<Record<string, string>>;
  const words: Record<string, ContactWords> = {};
  for (const { code } of LANGUAGES) {
    words[code] = { name: tidied(typed[`name-${code}`]), about: tidied(typed[`about-${code}`]) };
  }
  return { level, phone: tidied(phone), web: web.trim(), words };
}

function tidied(text = ''): string {
  return text.replace(/\s+/g, ' ').trim();
}

function formFaults(speaking: Language, { phone, web, words }: ContactForm): FieldFault[] {
  const { admin } = speaking.words;
  const faults: FieldFault[] = [];
  for (const { code, name } of LANGUAGES) {
    const language = isolated(speaking, name);
    const typed = words[code] ?? { name: '', about: '' };
    if (!isBetween(typed.name, LONGEST_NAME))
      faults.push({ field: `name-${code}`, message: speaking.say('admin', 'helpFaultName', { language }) });
    if (!isBetween(typed.about, LONGEST_ABOUT))
      faults.push({ field: `about-${code}`, message: speaking.say('admin', 'helpFaultAbout', { language }) });
  }
  if (phone === '' && web === '') faults.push({ field: 'phone', message: admin.helpFaultNoWay });
  if (phone !== '' && !isTelephone(phone)) faults.push({ field: 'phone', message: admin.helpFaultPhone });
  if (web !== '' && !isWebAddress(web)) faults.push({ field: 'web', message: admin.helpFaultWeb });
  return faults;
}

function isBetween(text: string, longest: number): boolean {
  return text !== '' && text.length <= longest;
}

/** Digits and spaces, perhaps a plus before them; three digits are the shortest number there is. */
function isTelephone(phone: string): boolean {
  const digits = phone.replace(/\D/g, '').length;
  return /^\+?[\d ]+$/.test(phone) && digits >= 3 && digits <= 15;
}

function isWebAddress(web: string): boolean {
  if (web.length > LONGEST_WEB || !/^https:\/\/[!-~]+$/.test(web)) return false;
  try {
    const { hostname, username, password } = new URL(web);
    return hostname.includes('.') && username === '' && password === '';
  } catch {
    return false;
  }
}
