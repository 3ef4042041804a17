export { formatLane, parseLane, type Lane } from './lane.ts'
export { describeLane } from './describe-lane.ts'
export { nearestName } from './nearest-name.ts'
export { Scenario, Step, type ScenarioSession } from './scenario/scenario.ts'
export { ScenarioError, parseScenario, scenarioFaults } from './scenario/parse.ts'
export { formatScenario } from './scenario/format.ts'
export { runLane, type RunLaneOptions } from './run/run-lane.ts'
export { runComparison, type ComparisonOptions, type ComparisonPlan } from './run/run-comparison.ts'
export { startCapture, type Capture, type CapturePlan } from './run/capture.ts'
export { sessionUpdateFor } from './run/session-update.ts'
export { speechBands } from './run/speech-bands.ts'
export {
  trackRate,
  wasReached,
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
export { turnsOf, utterancesIn, withoutPauses, type Turn, type Utterance } from './measures/turns.ts'
export { costOf } from './measures/cost.ts'
export { wordErrorRate } from './measures/word-error-rate.ts'
export { meanOf, quantile, summarise } from './measures/summarise.ts'
export { differenceOf, verdictOf, type Difference } from './measures/difference.ts'
export {
  compareLanes,
  compareRuns,
  observe,
  onlyIn,
  type LaneCell,
  type MeasureRow,
} from './measures/compare-lanes.ts'
export { countedRuns, passesOf, type Passes } from './measures/passes.ts'
export { warningsOf, type ComparisonWarning } from './measures/warnings.ts'
export { noPassReason, passesText, warningText } from './measures/warning-text.ts'
export { formatValue, roundValue } from './measures/format-value.ts'
export {
  checkThresholds,
  parseThreshold,
  ThresholdError,
  type Statistic,
  type Threshold,
  type ThresholdResult,
} from './measures/thresholds.ts'
export { ComparisonFormatError, comparisonFormat, parseComparison, toJson } from './export/comparison-json.ts'
export { csvCell, toCsv } from './export/csv.ts'
export { blindOrder, Vote, voteReasons, type VoteReason } from './votes/vote.ts'
export {
  preferred,
  signTest,
  significance,
  wilson,
  winTable,
  type Pairing,
  type Share,
  type Standing,
  type WinTable,
} from './votes/win-table.ts'
export { panned, timeAt, timeTicks, xOf, zoomed, type AxisView, type Tick } from './view/axis.ts'
export {
  laneShapes,
  wavePath,
  type BandShape,
  type LaneShapes,
  type LaneView,
  type MarkShape,
  type TrackShape,
  type WaitShape,
} from './view/lane-shapes.ts'
export { align, type Alignment } from './view/align.ts'
export { reportHtml, type ReportOptions } from './report/report-html.ts'
