export type { Lane } from './lane.ts'
export { Scenario, Step, type ScenarioSession } from './scenario/scenario.ts'
export {
  trackRate,
  type ExpectationResult,
  type LaneRun,
  type Segment,
  type UsageTotals,
} from './run/lane-run.ts'
export type { Mark, MarkType } from './run/mark.ts'
export type { Comparison } from './run/comparison.ts'
export type { CompareObserver, ComparePorts, LaneChannel, SpeechRequest } from './run/ports.ts'
export type { Measure, MeasureName, Summary } from './measures/measure.ts'
export { answerLimitMs, cutGraceMs, measures, turnErrorsOf, type TurnError } from './measures/measures.ts'
export { measureDefinitions, type MeasureDefinition } from './measures/definitions.ts'
export { answersOf, type Answer } from './measures/answers.ts'
export { turnsOf, utterancesOf, withoutPauses, type Turn, type Utterance } from './measures/turns.ts'
export { costOf } from './measures/cost.ts'
export { wordErrorRate } from './measures/word-error-rate.ts'
export { meanOf, quantile, summarise } from './measures/summarise.ts'
export { differenceOf, type Difference } from './measures/difference.ts'
export {
  compareLanes,
  compareRuns,
  observe,
  type LaneCell,
  type MeasureRow,
} from './measures/compare-lanes.ts'
export { formatValue } from './measures/format-value.ts'
export {
  checkThresholds,
  parseThreshold,
  ThresholdError,
  type Statistic,
  type Threshold,
  type ThresholdResult,
} from './measures/thresholds.ts'
