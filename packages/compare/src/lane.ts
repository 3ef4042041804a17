import type { ScenarioSession } from './scenario/scenario.ts'

/** One backend in a comparison, with how it is tuned. */
export interface Lane {
  /** Unique in its comparison; what thresholds and tables call it, for example `local` or `fast`. */
  readonly label: string
  /** Name of a backend of the gateway. */
  readonly backend: string
  /** Empty for the backend's default. For the `replay` backend, the id of a cassette. */
  readonly model: string
  /** Fields laid over the scenario's session, for example a voice or turn detection. */
  readonly session: ScenarioSession
}
