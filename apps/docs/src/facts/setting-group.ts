/** One or a few variables that mean something together. */
export interface Setting {
  readonly names: readonly string[]
  /** What holds without it. */
  readonly usual: string
  readonly meaning: string
}

/** Settings of one thing. */
export interface SettingGroup {
  /** Name of the backend, or of what it is about. */
  readonly id: string
  readonly title: string
  readonly settings: readonly Setting[]
}
