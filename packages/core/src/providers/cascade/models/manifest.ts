/** One file of a model. */
export interface ModelFileEntry {
  /** Relative to the model's folder, with `/`. */
  readonly path: string
  /** Absolute, or relative to the model hub's address. */
  readonly url: string
  /** Bytes; `undefined` = what the server says. */
  readonly size: number | undefined
  /**
   * Hex; `undefined` = not known to us: the first download is checked against the hash the hub itself states (the
   * entity tag of its large files) and pinned, so that a later download of other content is refused.
   */
  readonly sha256: string | undefined
}

/** A model that can be downloaded once. */
export interface ModelEntry {
  readonly id: string
  readonly title: string
  readonly purpose: 'recognition' | 'speech'
  /** BCP 47 primary tags it adds. */
  readonly languages: readonly string[]
  /** SPDX expression. */
  readonly licence: string
  /** Page that shows origin and licence. */
  readonly source: string
  /** Bytes of all files; about, where a file's size is not known. */
  readonly totalBytes: number
  readonly files: readonly ModelFileEntry[]
}
