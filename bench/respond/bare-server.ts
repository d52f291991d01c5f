import cookie from '@fastify/cookie';
import { Eta } from 'eta';
import Fastify from 'fastify';
import { parse } from 'node:querystring';

/*
 * The bare limit: Fastify alone with a cookie reader, a page of as many bytes as our median question
 * page drawn by Eta, answers in a Map, the same POST → 303 → GET. Everything that Heard adds is missing.
 */
const pageBytes = Number(process.env.PAGE_BYTES);
const template = `<!doctype html><title><%= it.title %></title><form method="post" action="<%= it.action %>"><h1><%= it.heading %></h1>
<input type="hidden" name="version" value="<%= it.version %>">
<% it.options.forEach((option) => { %><label><input type="radio" name="answer" value="<%= option.value %>"<% if (option.checked) { %> checked<% } %>><%= option.words %></label>
<% }) %><button>Next</button></form><%= it.filler %>`;
const eta = new Eta();
const render = eta.compile(template);

const answers = new Map<string, string[]>();
const options = ['always', 'mostly', 'sometimes', 'never', 'dont-know', 'prefer-not-to-say'];

function page(number: number, answered: string | undefined, filler: string): string {
  return render.call(eta, {
    title: 'Survey',
    action: `/pages/${number}`,
    heading: 'Do you feel safe in the place where you live?',
    version: 'version',
    options: options.map((value) => ({ value, words: value, checked: value === answered })),
    filler,
  });
}
const filler = 'x'.repeat(Math.max(pageBytes - Buffer.byteLength(page(1, undefined, '')), 0));

const app = Fastify();
await app.register(cookie);
app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
  done(null, parse(String(body))),
);
app.get('/pages/:number', (request, reply) => {
  const { number } = request.params as { number: string };
  const given = answers.get(request.cookies.pupil ?? '');
  return reply.type('text/html; charset=utf-8').send(page(Number(number), given?.[Number(number)], filler));
});
app.post('/pages/:number', (request, reply) => {
  const number = Number((request.params as { number: string }).number);
  const pupil = request.cookies.pupil ?? '';
  const given = answers.get(pupil) ?? [];
  given[number] = String((request.body as { answer?: string }).answer);
  answers.set(pupil, given);
  return reply.redirect(`/pages/${(number % 12) + 1}`, 303);
});
app.post('/sessions', (_request, reply) => {
  return reply.setCookie('pupil', Math.random().toString(36), { path: '/' }).redirect('/pages/1', 303);
});
console.log(`Listening at ${await app.listen({ host: '127.0.0.1', port: 0 })}`);
