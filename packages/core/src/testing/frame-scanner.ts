/** How far one direction of a WebSocket connection has come. */
export interface StreamPlace {
  /** The HTTP head has passed. */
  readonly isOpen: boolean
  /** Bytes since the HTTP head. */
  readonly bytes: number
  /** Whole data frames; pings, pongs and closes do not count. */
  readonly frames: number
  /** In the middle of a data frame. */
  readonly inFrame: boolean
}

/** Finds frames in the bytes of one direction of a WebSocket connection, in whatever chunks they come. */
export interface FrameScanner {
  readonly place: StreamPlace
  /**
   * Takes bytes up to the next mark (the end of the head, the middle or the end of a frame), or `limit` bytes after the
   * head when they are fewer; gives how many.
   */
  take(chunk: Uint8Array, limit: number): number
}

const headEnd = [13, 10, 13, 10]

/** A scanner before the first byte of a connection. */
export function createFrameScanner(): FrameScanner {
  let inHead = true
  let headMatched = 0
  let header: number[] = []
  let payload: { readonly isData: boolean; readonly length: number; left: number } | undefined
  let bytes = 0
  let frames = 0

  function takeHead(chunk: Uint8Array): number {
    for (let at = 0; at < chunk.length; at += 1) {
      headMatched = chunk[at] === headEnd[headMatched] ? headMatched + 1 : chunk[at] === 13 ? 1 : 0
      if (headMatched < headEnd.length) continue
      inHead = false
      return at + 1
    }
    return chunk.length
  }

  function takeHeader(chunk: Uint8Array, limit: number): number {
    let taken = 0
    while (payload === undefined && taken < Math.min(limit, chunk.length)) {
      header.push(chunk[taken]!)
      taken += 1
      if (header.length < headerLength(header)) continue
      const length = payloadLength(header)
      // Opcodes from 8 on are control frames.
      payload = { isData: (header[0]! & 0x0f) < 8, length, left: length }
      header = []
    }
    return taken
  }

  function frameEnded(): void {
    if (payload?.left !== 0) return
    if (payload.isData) frames += 1
    payload = undefined
  }

  return {
    get place() {
      const inFrame = payload !== undefined && payload.isData && payload.left <= payload.length / 2
      return { isOpen: !inHead, bytes, frames, inFrame }
    },
    take(chunk, limit) {
      if (inHead) return takeHead(chunk)
      let taken = payload === undefined ? takeHeader(chunk, limit) : 0
      if (payload !== undefined && payload.left > 0) {
        const half = Math.floor(payload.length / 2)
        const toMark = payload.left > half ? payload.left - half : payload.left
        const more = Math.min(toMark, limit - taken, chunk.length - taken)
        payload.left -= more
        taken += more
      }
      bytes += taken
      frameEnded()
      return taken
    },
  }
}

function headerLength([, second]: readonly number[]): number {
  if (second === undefined) return 2
  const short = second & 0x7f
  const extended = short === 126 ? 2 : short === 127 ? 8 : 0
  return 2 + extended + (second & 0x80 ? 4 : 0)
}

function payloadLength(header: readonly number[]): number {
  const short = header[1]! & 0x7f
  const extended = short === 126 ? header.slice(2, 4) : short === 127 ? header.slice(2, 10) : [short]
  return extended.reduce((sum, byte) => sum * 256 + byte, 0)
}
