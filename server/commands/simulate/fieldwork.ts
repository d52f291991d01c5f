import { parse } from 'csv-parse/sync';
import { Agent } from 'node:http';
import { DEMONSTRATION_PASSWORD } from '../attack/options.ts';
import { Browser } from '../loop/browser.ts';
import { formsOf, linksOf } from '../loop/markup.ts';
import { demand, the } from '../loop/trouble.ts';
import type { DealtSlip } from './slips.ts';

/* The administrator's part of a simulated wave: codes for every school of the wave that the demonstration has open. */

/** The demonstration's wave that pupils answer now; see seed/open-waves.ts. */
const OPEN_WAVE = /^Now open/;

export interface Administration {
  browser: Browser;
  /** Path of the wave's page. */
  wave: string;
  close(): void;
}

/** Signs the demonstration's administrator in and finds a wave by its name. */
export async function openAdministration(address: string, name = OPEN_WAVE): Promise<Administration> {
  const agent = new Agent({ keepAlive: true });
  const browser = new Browser(address, agent);
  await browser.visit('/people/sign-in');
  const signIn = browser.form('/people/sign-in').fill('name', 'administrator').fill('password', DEMONSTRATION_PASSWORD);
  await browser.send(signIn);
  const { body } = await browser.visit('/fieldwork');
  const link = linksOf(body).find(({ words }) => name.test(words));
  const wave = the(link?.href, `the demonstration to have a wave ${String(name)}`);
  return { browser, wave, close: () => agent.destroy() };
}

/**
 * Makes the codes of the schools; each reply is the only place that shows them.
 * @param most schools from the start of the list
 */
export async function printSlips({ browser, wave }: Administration, most = Infinity): Promise<DealtSlip[]> {
  const forms = formsOf((await browser.visit(wave)).body, /\/schools\/[^/]+\/codes$/);
  demand(forms.length > 0, 'a form for the codes of each school', 'none');
  const slips: DealtSlip[] = [];
  for (const form of forms.slice(0, most)) {
    const { body } = await browser.send(form);
    const school = the(/download="codes-([^"]+)\.csv"/.exec(body)?.[1], 'the file of codes on the same page');
    const file = decodeURIComponent(browser.link(/^data:text\/csv/).href.replace(/^[^,]*,/, ''));
    const rows = parse<Omit<DealtSlip, 'school'>>(file, { columns: true, bom: true, skip_empty_lines: true });
    slips.push(...rows.map((row) => ({ ...row, school })));
  }
  return slips;
}

/** Makes the class sheets of the first school, as for teachers who hold joining open. */
export async function printSheets({ browser, wave }: Administration): Promise<void> {
  await browser.visit(wave);
  await browser.follow(/^\/class\/waves\//);
  await browser.send(browser.form(/\/sheets$/));
}

/** Closes the wave for good. @returns seconds that it took */
export async function closeWave({ browser, wave }: Administration): Promise<number> {
  await browser.visit(wave);
  const began = performance.now();
  await browser.send(browser.form(`${wave}/closing`).choose('sure', 'yes'));
  browser.demandMark('data-state', 'closed');
  return (performance.now() - began) / 1000;
}
