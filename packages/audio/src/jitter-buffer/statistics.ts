/** What a jitter buffer has done so far: counts of packets, and sums of milliseconds. */
export interface JitterStatistics {
  readonly received: number
  /** Packets decoded and played. */
  readonly played: number
  /** Lost packets brought back from the one after. */
  readonly recovered: number
  /** Lost packets that were guessed. */
  readonly concealed: number
  /** Packets that came after their moment. */
  readonly late: number
  readonly duplicates: number
  /** Packets left out because the delay had grown beyond its limit. */
  readonly dropped: number
  /** Times that nothing at all was there to play in mid-stream, and for how long. */
  readonly underruns: number
  readonly underrunMs: number
  readonly playedMs: number
  /** Sound that was made up, underruns included. */
  readonly concealedMs: number
  /** Sound repeated to gain time, and left out to win it back. */
  readonly lengthenedMs: number
  readonly shortenedMs: number
  /** Sum over the played packets of the time each waited; over `played` it is the mean added delay. */
  readonly waitMs: number
  /** The wanted delay, over that of the fastest recent packet. */
  readonly targetDelayMs: number
}

/** Nothing has happened. */
export const noStatistics: JitterStatistics = {
  received: 0,
  played: 0,
  recovered: 0,
  concealed: 0,
  late: 0,
  duplicates: 0,
  dropped: 0,
  underruns: 0,
  underrunMs: 0,
  playedMs: 0,
  concealedMs: 0,
  lengthenedMs: 0,
  shortenedMs: 0,
  waitMs: 0,
  targetDelayMs: 0,
}
