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
