/** What was left out or replaced, and of which field. */
export interface Notice {
  readonly message: string
  readonly param: string
}
