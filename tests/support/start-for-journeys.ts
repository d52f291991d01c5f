import { startDemonstration } from './demonstration.ts';

/** Starts one server for all journeys; they find it in HEARD_ADDRESS. */
export default async function startForJourneys(): Promise<() => Promise<void>> {
  const demonstration = await startDemonstration();
  process.env.HEARD_ADDRESS = demonstration.address;
  return () => demonstration.stop();
}
