// Import rules of the house (docs/architecture.md): data runs one way, and nothing goes round a release.
const CAPABILITIES = '^server/(respond|fieldwork|class|studio|release|results|replies|people|languages|admin)/';

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'Nothing may lead back to itself.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'core-is-pure',
      severity: 'error',
      comment:
        'core would be true on paper forms: no other folder and no packages but typebox, highs for linear programmes, what the question coach knows of English, and diff for what changed between two texts.',
      from: { path: '^server/core/' },
      to: { pathNot: '^server/core/|^node_modules/(typebox|highs|dale-chall|syllable|diff)/' },
    },
    {
      name: 'storage-imports-core-only',
      severity: 'error',
      from: { path: '^server/storage/' },
      to: { path: '^server/', pathNot: '^server/(storage|core)/|^server/errors.ts$' },
    },
    {
      name: 'web-imports-core-and-storage-only',
      severity: 'error',
      from: { path: '^server/web/' },
      to: { path: '^server/', pathNot: '^server/(web|storage|core)/|^server/(errors|settings).ts$' },
    },
    {
      name: 'no-capability-to-capability',
      severity: 'error',
      from: { path: CAPABILITIES },
      to: { path: `${CAPABILITIES}|^server/(commands|app|main)`, pathNot: '^server/$1/' },
    },
    {
      name: 'only-release-reads-responses',
      severity: 'error',
      comment: 'Answers are read by the release job and by nothing else.',
      from: { pathNot: '^server/release/|^server/core/tally/|^server/storage/responses.ts$' },
      to: { path: '^server/storage/responses.ts$' },
    },
    {
      name: 'only-release-counts',
      severity: 'error',
      comment: 'Counting happens only inside a release.',
      from: { pathNot: '^server/release/|^server/core/(tally|disclosure)/|^server/storage/responses.ts$' },
      to: { path: '^server/core/tally/' },
    },
    {
      name: 'only-respond-reads-drafts',
      severity: 'error',
      from: { pathNot: '^server/respond/' },
      to: { path: '^server/storage/drafts.ts$' },
    },
    {
      name: 'only-respond-reads-texts',
      severity: 'error',
      comment: 'What young people wrote is read in the room of their readers.',
      from: { pathNot: '^server/respond/' },
      to: { path: '^server/storage/text-readings.ts$' },
    },
    {
      name: 'only-release-counts-texts',
      comment: 'Who wrote about what is counted for a text release and for nothing else.',
      from: { pathNot: '^server/release/' },
      to: { path: '^server/storage/coded-texts.ts$' },
    },
    {
      name: 'only-respond-and-seed-send',
      severity: 'error',
      from: { pathNot: '^server/respond/|^server/commands/seed' },
      to: { path: '^server/storage/sendings.ts$' },
    },
    {
      name: 'only-fieldwork-closes',
      severity: 'error',
      from: { pathNot: '^server/fieldwork/' },
      to: { path: '^server/storage/closings.ts$' },
    },
    {
      name: 'only-disclosure-makes-a-release',
      severity: 'error',
      comment: 'The maker of a Release is called by the release job alone; everybody else reads.',
      from: { pathNot: '^server/release/|^server/core/disclosure/' },
      to: { path: '^server/core/disclosure/make-release.ts$' },
    },
    { name: 'no-orphan-main', severity: 'error', from: { path: '^server/(?!main)' }, to: { path: '^server/main.ts$' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
