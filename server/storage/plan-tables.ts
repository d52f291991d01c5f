/*
 * The rows of the tables about what planners make of findings: marks on findings, and the action plan; as in tables.ts.
 */

export interface PlanTables {
  finding_priorities: FindingPrioritiesTable;
  finding_groups: FindingGroupsTable;
  finding_origins: FindingOriginsTable;
  plan_actions: PlanActionsTable;
  plan_action_versions: PlanActionVersionsTable;
  plan_links: PlanLinksTable;
  plan_progress: PlanProgressTable;
  plan_judgements: PlanJudgementsTable;
  plan_endings: PlanEndingsTable;
  plan_measures: PlanMeasuresTable;
  plan_measure_versions: PlanMeasureVersionsTable;
  plan_values: PlanValuesTable;
  plan_imports: PlanImportsTable;
}

interface FindingPrioritiesTable {
  finding_id: string;
  number: number;
  is_priority: 0 | 1;
  marked_at: string;
  marked_by: string | null;
}

interface FindingGroupsTable {
  finding_id: string;
  name: string;
  put_at: string;
  put_by: string | null;
}

interface FindingOriginsTable {
  finding_id: string;
  for_whom: string;
  /** What suggested it, as JSON; null where nobody but a planner did. */
  facts: string | null;
}

interface PlanActionsTable {
  id: string;
  authority_id: string;
  reference: string;
  made_at: string;
}

interface PlanActionVersionsTable {
  action_id: string;
  number: number;
  content: string;
  written_at: string;
  written_by: string | null;
}

interface PlanLinksTable {
  action_id: string;
  plan_action_id: string;
}

interface PlanProgressTable {
  id: string;
  action_id: string;
  happened_on: string;
  words: string;
  written_at: string;
  written_by: string | null;
}

interface PlanJudgementsTable {
  action_id: string;
  number: number;
  /** Null where the rule holds again. */
  colour: 'red' | 'amber' | 'green' | null;
  reason: string;
  set_at: string;
  set_by: string | null;
}

interface PlanEndingsTable {
  action_id: string;
  number: number;
  state: 'open' | 'done' | 'stopped';
  reason: string;
  set_at: string;
  set_by: string | null;
}

interface PlanMeasuresTable {
  id: string;
  action_id: string;
  /** Their order within the action. */
  number: number;
  made_at: string;
}

interface PlanMeasureVersionsTable {
  measure_id: string;
  number: number;
  content: string;
  written_at: string;
  written_by: string | null;
}

interface PlanValuesTable {
  measure_id: string;
  /** "2026-Q1": April to June 2026. */
  quarter: string;
  number: number;
  /** A decimal number as text. */
  value: string;
  written_at: string;
  written_by: string | null;
}

interface PlanImportsTable {
  id: string;
  authority_id: string;
  file_name: string;
  /** The financial year that columns Q1 to Q4 are of, by the year that it begins in. */
  year: number;
  rows: string;
  sent_at: string;
  sent_by: string | null;
  taken_at: string | null;
}
