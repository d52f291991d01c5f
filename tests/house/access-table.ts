/*
 * Every address of the server and who may use it. A new route is added here on purpose, with a thought
 * about who is on the other side.
 */
export const EVERYBODY = 'anyone';
export const PUPIL = 'respondent';
export const TEACHER = 'teacher';
export const SIGNED_IN = 'signed-in';
export const ENTERING = 'entering';
const ADMINISTRATOR = 'administrator';
const STUDIO = 'forum-member youth-worker analyst approver';
const IN_FORUMS = 'forum-member youth-worker';
const READERS = 'planner analyst approver';
const RELEASES = 'analyst approver auditor';

export const TABLE = `
GET /                                                  ${EVERYBODY}
GET /help                                              ${EVERYBODY}
GET /languages/:code                                   ${EVERYBODY}
POST /respond/sessions                                 ${EVERYBODY}
GET /respond/next                                      ${PUPIL}
GET /respond/assent                                    ${PUPIL}
POST /respond/assent                                   ${PUPIL}
GET /respond/pages/:number                             ${PUPIL}
POST /respond/pages/:number                            ${PUPIL}
GET /respond/check                                     ${PUPIL}
POST /respond/sending                                  ${PUPIL}
GET /respond/stop                                      ${PUPIL}
POST /respond/stopping                                 ${PUPIL}
GET /respond/finished                                  ${PUPIL}
GET /respond/quiet/:number                             ${PUPIL}
GET /respond/turn                                      ${PUPIL}
GET /respond/codes/:code                               ${EVERYBODY}
GET /respond/links/:token                              ${EVERYBODY}
POST /respond/links/:token/sessions                    ${EVERYBODY}
GET /join                                              ${EVERYBODY}
GET /class/join                                        ${EVERYBODY}
GET /class/join/:code                                  ${EVERYBODY}
POST /class/join                                       ${EVERYBODY}
POST /respond/signs-of-life                            ${PUPIL}
GET /class                                             ${EVERYBODY}
GET /class/links/:link                                 ${EVERYBODY}
GET /class/sessions                                    ${EVERYBODY}
GET /class/spares                                      ${EVERYBODY}
GET /class/opt-outs                                    ${EVERYBODY}
POST /class/sessions                                   ${EVERYBODY}
POST /class/sessions/ending                            ${TEACHER}
GET /class/board                                       ${TEACHER}
GET /class/events                                      ${TEACHER}
GET /class/pages/:number                               ${TEACHER}
GET /class/openings                                    ${EVERYBODY}
GET /class/attendance                                  ${EVERYBODY}
GET /class/places                                      ${EVERYBODY}
POST /class/openings                                   ${TEACHER}
POST /class/attendance                                 ${TEACHER}
POST /class/openings/extra-time                        ${TEACHER}
POST /class/openings/ending                            ${TEACHER}
POST /class/places                                     ${TEACHER}
POST /class/spares                                     ${TEACHER}
POST /class/opt-outs                                   ${TEACHER}
GET /class/waves/:wave/schools/:school                 ${ADMINISTRATOR}
POST /class/waves/:wave/schools/:school/sheets         ${ADMINISTRATOR}
POST /class/waves/:wave/schools/:school/opt-outs       ${ADMINISTRATOR}
POST /class/waves/:wave/schools/:school/places         ${ADMINISTRATOR}
POST /fieldwork/waves/:wave/schools/:school/class-codes ${ADMINISTRATOR}
GET /respond/new-code                                  ${PUPIL}
GET /respond/picture-choice                            ${PUPIL}
POST /respond/picture-choice                           ${PUPIL}
GET /respond/picture                                   ${PUPIL}
POST /respond/picture                                  ${PUPIL}
POST /respond/hiding                                   ${PUPIL}
GET /respond/ways                                      ${PUPIL}
POST /respond/ways                                     ${PUPIL}
GET /respond/break                                     ${PUPIL}
GET /respond/reading                                   ${PUPIL}
POST /respond/reading                                  ${PUPIL}
GET /respond/recordings/:survey/:language/:file        ${EVERYBODY}
POST /respond/tickets                                  ${PUPIL}
POST /respond/waiting-answers                          ${PUPIL}
GET /respond/offline                                   ${EVERYBODY}
GET /service-worker.js                                 ${EVERYBODY}
GET /studio/kinds                                      ${EVERYBODY}
GET /respond/texts                                     text-reader
GET /respond/texts/:id                                 text-reader
POST /respond/texts/:id/reading                        text-reader
GET /respond/texts/waves/:wave                         text-reader
POST /respond/texts/waves/:wave/themes                 text-reader
POST /respond/texts/themes/:theme/title                text-reader
POST /respond/texts/themes/:theme/removal              text-reader
GET /respond/texts/:id/coding                          text-reader
POST /respond/texts/:id/coding                         text-reader
POST /respond/texts/:id/confirmation                   text-reader
POST /respond/texts/:id/quotes                         text-reader
GET /respond/leave                                     ${PUPIL}
GET /fieldwork                                         ${ADMINISTRATOR}
GET /fieldwork/waves/new                               ${ADMINISTRATOR}
POST /fieldwork/waves                                  ${ADMINISTRATOR}
GET /fieldwork/waves/:wave                             ${ADMINISTRATOR}
GET /fieldwork/waves/:wave/setup/:step                 ${ADMINISTRATOR}
POST /fieldwork/waves/:wave/setup/stages               ${ADMINISTRATOR}
POST /fieldwork/waves/:wave/setup/schools              ${ADMINISTRATOR}
POST /fieldwork/waves/:wave/setup/dates                ${ADMINISTRATOR}
POST /fieldwork/waves/:wave/setup/languages            ${ADMINISTRATOR}
POST /fieldwork/waves/:wave/setup/help                 ${ADMINISTRATOR}
POST /fieldwork/waves/:wave/setup/target               ${ADMINISTRATOR}
POST /fieldwork/waves/:wave/setup/opting-out           ${ADMINISTRATOR}
POST /fieldwork/waves/:wave/setup/assessment           ${ADMINISTRATOR}
POST /fieldwork/waves/:wave/setup/conditions           ${ADMINISTRATOR}
POST /fieldwork/waves/:wave/setup/controller           ${ADMINISTRATOR}
POST /fieldwork/waves/:wave/setup/rights               ${ADMINISTRATOR}
POST /fieldwork/waves/:wave/setup/retention            ${ADMINISTRATOR}
POST /fieldwork/waves/:wave/setup/complaints           ${ADMINISTRATOR}
POST /fieldwork/waves/:wave/setup/rehearsal            ${ADMINISTRATOR}
POST /fieldwork/waves/:wave/setup/reply                ${ADMINISTRATOR}
GET /fieldwork/waves/:wave/file                        ${ADMINISTRATOR}
POST /fieldwork/waves/:wave/postponements              ${ADMINISTRATOR}
GET /fieldwork/waves/:wave/facts                       ${ADMINISTRATOR}
GET /fieldwork/waves/:wave/letters/:letter             ${ADMINISTRATOR}
POST /fieldwork/waves/:wave/rehearsals                 ${ADMINISTRATOR}
POST /fieldwork/waves/:wave/rehearsals/:rehearsal/removal ${ADMINISTRATOR}
GET /fieldwork/waves/:wave/proof                       administrator auditor
POST /fieldwork/waves/:wave/proof                      ${ADMINISTRATOR}
GET /fieldwork/notices/:wave                           ${EVERYBODY}
GET /fieldwork/notices/:wave/:reader                   ${EVERYBODY}
POST /fieldwork/waves/:wave/opening                    ${ADMINISTRATOR}
POST /fieldwork/waves/:wave/schools/:school/codes      ${ADMINISTRATOR}
POST /fieldwork/waves/:wave/closing                    ${ADMINISTRATOR}
POST /fieldwork/waves/:wave/topics                     ${ADMINISTRATOR}
POST /fieldwork/waves/:wave/topics/:topic/removal      ${ADMINISTRATOR}
POST /fieldwork/waves/:wave/readers                    ${ADMINISTRATOR}
POST /fieldwork/waves/:wave/readers/:reader/removal    ${ADMINISTRATOR}
POST /fieldwork/waves/:wave/links                      ${ADMINISTRATOR}
GET /fieldwork/waves/:wave/links/:token/letter         ${ADMINISTRATOR}
GET /fieldwork/rates                                   administrator planner
GET /fieldwork/waves/:wave/rates                       administrator planner
GET /fieldwork/waves/:wave/rates.csv                   administrator planner
GET /fieldwork/script                                  ${EVERYBODY}
GET /fieldwork/script/supporter                        ${EVERYBODY}
GET /release                                           ${RELEASES}
GET /release/releases/:release                         ${RELEASES}
GET /release/releases/:release/audit                   ${RELEASES}
GET /release/releases/:release/events                  ${RELEASES}
GET /release/releases/:release/correction              analyst
POST /release/releases/:release/correction             analyst
POST /release/releases/:release/refusal                analyst approver
POST /release/releases                                 analyst
POST /release/releases/:release/approval               approver
GET /release/texts                                     ${RELEASES}
GET /release/texts/:wave                               ${RELEASES}
POST /release/texts/:wave/releases                     analyst
POST /release/quotes/:quote/approval                   approver
POST /release/quotes/:quote/removal                    approver
GET /release/text-releases/:release                    ${RELEASES}
POST /release/text-releases/:release/approval          approver
POST /release/text-releases/:release/removal           approver
GET /results                                           ${READERS}
GET /results/method                                    ${SIGNED_IN}
GET /results/:release                                  ${READERS}
GET /results/:release/items/:item                      ${READERS}
GET /results/:release/items/:item/file.csv             ${READERS}
GET /results/:release/items/:item/funnel               ${READERS}
GET /results/:release/frameworks/:framework            ${READERS}
GET /results/:release/village                          ${READERS}
GET /results/:release/wheel                            ${READERS}
GET /results/:release/gaps                             ${READERS}
GET /results/:release/several                          ${READERS}
GET /results/:release/scores                           ${READERS}
GET /results/:release/items/:item/groups               ${READERS}
GET /results/:release/hidden                           ${READERS}
GET /results/:release/not-asked                        ${READERS}
GET /results/:release/texts                            ${READERS}
GET /results/:release/files                            ${READERS}
GET /results/:release/files/:format                    ${READERS}
GET /results/:release/reports                          ${READERS}
GET /results/:release/reports/:node                    ${READERS}
GET /replies                                           ${EVERYBODY}
GET /replies/:authority                                ${EVERYBODY}
GET /replies/:authority/clusters/:code                 ${EVERYBODY}
GET /replies/:authority/clusters/:code/feed            ${EVERYBODY}
GET /replies/:authority/clusters/:code/embed           ${EVERYBODY}
GET /replies/:authority/localities/:code               ${EVERYBODY}
GET /replies/:authority/localities/:code/feed          ${EVERYBODY}
GET /replies/:authority/localities/:code/embed         ${EVERYBODY}
GET /replies/:authority/annual/:report                 ${EVERYBODY}
GET /replies/:authority/feed                           ${EVERYBODY}
GET /replies/:authority/embed                          ${EVERYBODY}
GET /replies/:authority/:reply/poster                  ${EVERYBODY}
GET /replies/:authority/:reply/slide                   ${EVERYBODY}
GET /replies/:authority/:reply/embed                   ${EVERYBODY}
POST /replies/:authority/:reply/presses                ${EVERYBODY}
GET /r/:number                                         ${EVERYBODY}
GET /replies/:authority/:reply                         ${EVERYBODY}
GET /replies/findings                                  planner
GET /replies/findings/new                              planner
POST /replies/findings                                 planner
GET /replies/findings/:id                              planner
POST /replies/findings/:id/actions                     planner
POST /replies/findings/:id/priority                    planner
POST /replies/findings/:id/priority/removal            planner
POST /replies/findings/:id/group                       planner
GET /replies/suggestions                               planner
GET /replies/dashboard                                 planner
GET /replies/dashboard/meeting                         planner
GET /replies/annual                                    planner
POST /replies/annual                                   planner
GET /replies/annual/:report                            planner
GET /replies/annual/:report/draft                      planner
GET /replies/annual/:report/sections/:section          planner
POST /replies/annual/:report/sections/:section         planner
POST /replies/annual/:report/readings                  planner
POST /replies/annual/:report/editions                  planner
POST /replies/annual/:report/editions/:edition/withdrawals planner
GET /replies/engagement                                planner youth-worker auditor
GET /replies/engagement/file.csv                       planner youth-worker auditor
GET /replies/engagement/file.xlsx                      planner youth-worker auditor
GET /replies/engagement/entries/new                    planner youth-worker
POST /replies/engagement/entries                       planner youth-worker
GET /replies/engagement/entries/:entry                 planner youth-worker auditor
POST /replies/engagement/entries/:entry                planner youth-worker
GET /replies/engagement/entries/:entry/change          planner youth-worker
GET /replies/engagement/entries/:entry/history         planner youth-worker auditor
GET /replies/engagement/entries/:entry/check           planner youth-worker
POST /replies/engagement/entries/:entry/check          planner youth-worker
GET /replies/plan                                      planner
GET /replies/plan/actions/new                          planner
POST /replies/plan/actions                             planner
GET /replies/plan/actions/:action                      planner
POST /replies/plan/actions/:action                     planner
GET /replies/plan/actions/:action/change               planner
POST /replies/plan/actions/:action/progress            planner
POST /replies/plan/actions/:action/judgements          planner
POST /replies/plan/actions/:action/endings             planner
POST /replies/plan/actions/:action/measures            planner
POST /replies/plan/actions/:action/findings            planner
POST /replies/plan/measures/:measure                   planner
GET /replies/plan/file.csv                             planner
GET /replies/plan/file.xlsx                            planner
GET /replies/plan/imports/new                          planner
POST /replies/plan/imports                             planner
GET /replies/plan/imports/:import                      planner
POST /replies/plan/imports/:import/taking              planner
POST /replies/plan/measures/:measure/values            planner
POST /replies/actions/:id/replies                      planner
POST /replies/replies/:id/publication                  planner
GET /replies/replies/:id                               planner
POST /replies/replies/:id/reviews                      planner
POST /replies/replies/:id/checks                       planner
POST /replies/replies/:id/updates                      planner
GET /studio                                            ${STUDIO}
GET /studio/proposals/new                              ${IN_FORUMS}
POST /studio/proposals                                 ${IN_FORUMS}
GET /studio/proposals/:id                              ${STUDIO}
POST /studio/drafts/preview                            ${IN_FORUMS}
GET /studio/proposals/:id/drafts/new                   ${IN_FORUMS}
POST /studio/proposals/:id/drafts                      ${IN_FORUMS}
POST /studio/proposals/:id/drafts/merges               ${IN_FORUMS}
GET /studio/proposals/:id/drafts/:number               ${STUDIO}
GET /studio/proposals/:id/drafts/:number/changes       ${STUDIO}
POST /studio/proposals/:id/comments                    ${IN_FORUMS}
GET /studio/invitations/:token                         ${EVERYBODY}
POST /studio/invitations/:token                        ${EVERYBODY}
POST /studio/invitations/:token/renewal                ${EVERYBODY}
GET /studio/forums                                     administrator youth-worker
POST /studio/forums                                    ${ADMINISTRATOR}
GET /studio/forum                                      forum-member
GET /studio/forum/rules                                forum-member
GET /studio/forum/replies                              ${IN_FORUMS}
GET /studio/forum/replies/:check                       ${IN_FORUMS}
POST /studio/forum/replies/:check/verdicts             forum-member
POST /studio/forum/agreement                           forum-member
GET /studio/forums/:forum                              youth-worker
POST /studio/forums/:forum/hours                       youth-worker
POST /studio/forums/:forum/on-call                     youth-worker
POST /studio/forums/:forum/pauses                      youth-worker
POST /studio/forums/:forum/pauses/:part/ending         youth-worker
POST /studio/forums/:forum/invitations                 youth-worker
POST /studio/forums/:forum/invitations/:part/revocation youth-worker
POST /studio/forums/:forum/members/:part/leaving       youth-worker
POST /studio/forum/words-removal forum-member
POST /studio/forums/:forum/members/:part/words-removal youth-worker
POST /studio/forums/:forum/ending youth-worker
GET /studio/contributions/:id                          ${IN_FORUMS}
POST /studio/contributions/:id/reports                 ${IN_FORUMS}
POST /studio/contributions/:id/consent                 ${IN_FORUMS}
POST /studio/contributions/:id/decision                youth-worker
POST /studio/contributions/:id/hiding                  youth-worker
POST /studio/contributions/:id/restoring               youth-worker
POST /studio/contributions/:id/reports/settling        youth-worker
GET /studio/proposals/:id/mergers/new                 ${IN_FORUMS}
POST /studio/proposals/:id/mergers/choices            ${IN_FORUMS}
POST /studio/proposals/:id/mergers                    ${IN_FORUMS}
POST /studio/proposals/:id/endings                     ${IN_FORUMS}
POST /studio/proposals/:id/restoration                 youth-worker
POST /studio/proposals/:id/stances                     forum-member
POST /studio/proposals/:id/decisions                   youth-worker
POST /studio/proposals/:id/checks                      approver
GET /studio/proposals/:id/try-outs/new                 ${IN_FORUMS}
POST /studio/proposals/:id/try-outs                    ${IN_FORUMS}
GET /studio/boards                                     ${IN_FORUMS} planner approver
POST /studio/boards                                    youth-worker
GET /studio/boards/:board                              ${IN_FORUMS}
GET /studio/boards/:board/plan                         youth-worker
POST /studio/boards/:board/openings                    youth-worker
POST /studio/boards/:board/endings                     youth-worker
GET /studio/boards/:board/events/:kind                 ${IN_FORUMS}
POST /studio/boards/:board/events/:kind/cards          forum-member
POST /studio/boards/:board/events/:kind/room-cards     youth-worker
POST /studio/boards/:board/events/:kind/headings       ${IN_FORUMS}
POST /studio/boards/:board/events/:kind/headings/:heading/names youth-worker
POST /studio/boards/:board/events/:kind/headings/:heading/removal youth-worker
POST /studio/boards/:board/events/:kind/looks          ${IN_FORUMS}
GET /studio/boards/:board/cards/:card                  ${IN_FORUMS}
POST /studio/boards/:board/cards/:card/moves           ${IN_FORUMS}
POST /studio/boards/:board/cards/:card/links           ${IN_FORUMS}
POST /studio/boards/:board/cards/:card/stars           forum-member
POST /studio/boards/:board/cards/:card/star-removals   forum-member
POST /studio/boards/:board/cards/:card/withdrawal      ${IN_FORUMS}
GET /studio/boards/:board/undertakings                 planner approver
POST /studio/boards/:board/cards/:card/undertakings    planner approver
GET /studio/surveys/:survey                            ${STUDIO}
GET /studio/tries                                      ${STUDIO}
POST /studio/tries                                     ${STUDIO}
GET /studio/publications/new                           analyst
POST /studio/publications                              analyst
GET /studio/versions/:id                               ${SIGNED_IN}
GET /studio/versions/:id/spreadsheet                   ${SIGNED_IN}
GET /studio/spreadsheets/new                           ${IN_FORUMS}
POST /studio/spreadsheets                              ${IN_FORUMS}
GET /studio/spreadsheets/:id                           ${IN_FORUMS}
POST /studio/spreadsheets/:id/drafts                   ${IN_FORUMS}
POST /studio/versions/:id/credits                      forum-member
POST /studio/versions/:id/credit-removals              forum-member
GET /people/sign-in                                    ${EVERYBODY}
POST /people/sign-in                                   ${EVERYBODY}
GET /people/second-step                                ${ENTERING}
POST /people/second-step                               ${ENTERING}
GET /people/second-factor                              ${ENTERING}
POST /people/second-factor                             ${ENTERING}
POST /people/second-factor/confirmation                ${ENTERING}
POST /people/recovery-codes                            ${SIGNED_IN}
POST /people/sessions-ending                           ${SIGNED_IN}
POST /people/accounts/:id/second-factor-reset          ${ADMINISTRATOR}
POST /people/sign-out                                  ${ENTERING}
GET /people                                            ${SIGNED_IN}
POST /people/sessions/:id/ending                       ${SIGNED_IN}
GET /people/accounts                                   ${ADMINISTRATOR}
GET /people/accounts/:id                               ${ADMINISTRATOR}
POST /people/accounts/:id/roles                        ${ADMINISTRATOR}
POST /people/accounts/:id/areas                        ${ADMINISTRATOR}
POST /people/accounts/:id/ending                       ${ADMINISTRATOR}
POST /people/accounts/:id/approver-request             ${ADMINISTRATOR}
POST /people/accounts/:id/approver-agreement           ${ADMINISTRATOR}
POST /people/accounts/:id/approver-refusal             ${ADMINISTRATOR}
POST /people/invitations                               ${ADMINISTRATOR}
POST /people/invitations/:id/revocation                ${ADMINISTRATOR}
GET /people/invitations/:id                            ${EVERYBODY}
POST /people/invitations/:id/account                   ${EVERYBODY}
GET /people/council                                    ${EVERYBODY}
GET /people/council/callback                           ${EVERYBODY}
GET /people/council/account                            ${EVERYBODY}
POST /people/council/account                           ${EVERYBODY}
GET /people/password                                   ${SIGNED_IN}
POST /people/password                                  ${SIGNED_IN}
POST /people/accounts/:id/sessions-ending              ${ADMINISTRATOR}
GET /admin/record                                      auditor
GET /admin/record/entries.csv                          auditor
POST /admin/record/checks                              auditor
GET /admin/help                                        ${ADMINISTRATOR}
GET /admin/help-contacts/new                           ${ADMINISTRATOR}
POST /admin/help-contacts                              ${ADMINISTRATOR}
GET /admin/help-contacts/:id                           ${ADMINISTRATOR}
POST /admin/help-contacts/:id                          ${ADMINISTRATOR}
POST /admin/help-contacts/:id/position                 ${ADMINISTRATOR}
POST /admin/help-contacts/:id/removal                  ${ADMINISTRATOR}
`;
