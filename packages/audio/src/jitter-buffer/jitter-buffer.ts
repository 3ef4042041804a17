import { createDelayHistory } from './delay-history.ts'
import type { FrameDecoder } from './frame-decoder.ts'
import { createPacketStore, type StoredPacket } from './packet-store.ts'
import { createSoundQueue } from './sound-queue.ts'
import { noStatistics, type JitterStatistics } from './statistics.ts'

/** A packet of one stream, as RTP numbers them: both numbers may wrap around. */
export interface JitterPacket {
  /** 16 bits: one more with each packet. */
  readonly sequence: number
  /** 32 bits: when its sound begins, in units of `timestampRate`. */
  readonly timestamp: number
  readonly payload: Uint8Array
}

/** How sound is held back. */
export interface JitterBufferOptions {
  readonly decoder: FrameDecoder
  /** Units of the timestamps a second: 48000 for Opus whatever its rate; the decoder's rate unless given. */
  readonly timestampRate?: number
  /** Share of the packets that shall be in time, 0.955 unless given: more of it is more delay. */
  readonly inTime?: number
  /** Delay over the fastest packet while too little is known of the line, 80 unless given. */
  readonly startDelayMs?: number
  /** Sound beyond this is dropped, 1000 unless given. */
  readonly maxDelayMs?: number
}

/** Sound of a stream whose packets come late, doubled, in another order, or never. */
export interface JitterBuffer {
  /** Takes a packet that came at `nowMs`. */
  insert(packet: JitterPacket, nowMs: number): void
  /**
   * Fills `output` with what is to be played from `nowMs`, on the same clock; silence before the first packet. Call it
   * in the rhythm of the sound card, 10 ms at a time or so.
   */
  playInto(output: Float32Array, nowMs: number): void
  readonly statistics: JitterStatistics
  /** Forgets the stream; the figures go on. */
  reset(): void
}

/** Packets whose delays are remembered: ten seconds at 20 ms. */
const rememberedPackets = 500
const rememberedReliefs = 1500
/** Share of the moments at which something shall be there to play, without drawing out. */
const never = 0.96
/** Before so many packets nothing is made faster. */
const knownPackets = 50
/** A difference from the wanted delay that is left alone. */
const toleranceMs = 5
/** Sound repeats so well that a period more or less is not heard; where time presses, anything goes. */
const alike = 0.6
/** After so long without a packet the stream has paused, and the next packet begins anew. */
const pauseMs = 400
/** A packet so far from the one expected, by number or by time, belongs to another stream. */
const strayPackets = 3000
const strayMs = 3000
/** So much the sound of one packet is drawn out to wait for the next; beyond that it would be heard as a tone. */
const mostDrawnOutMs = 100
/** What is drawn out fades into itself over so much at least: it has to be left when the next output begins. */
const reserveMs = 5

function refuseNoTime(nowMs: number): void {
  if (!Number.isFinite(nowMs)) throw new RangeError(`nowMs must be finite, got ${nowMs}`)
}

/** Buffer that holds back no more than the line demands, and follows it by leaving out or repeating pitch periods. */
export function createJitterBuffer(options: JitterBufferOptions): JitterBuffer {
  const { decoder, inTime = 0.955, startDelayMs = 80, maxDelayMs = 1000 } = options
  const { sampleRate } = decoder
  const { timestampRate = sampleRate } = options
  for (const [name, value] of Object.entries({ timestampRate, inTime, startDelayMs, maxDelayMs })) {
    const isInRange = value >= 0 && (name === 'inTime' ? value <= 1 : value < Infinity)
    if (!isInRange || (name === 'timestampRate' && value === 0)) {
      throw new RangeError(`${name} is out of range, got ${value}`)
    }
  }
  const figures = { ...noStatistics }
  const packets = createPacketStore()
  const delays = createDelayHistory(rememberedPackets)
  /** For each packet, how late it was when it or any later one was here: from then on nothing runs dry. */
  const reliefs = createDelayHistory(rememberedReliefs)
  const queue = createSoundQueue(sampleRate)
  const msOf = (samples: number): number => (samples * 1000) / sampleRate
  const timeOf = (packet: StoredPacket): number => (packet.timestamp * 1000) / timestampRate

  /** Number and time of what comes next; unknown until the first packet is due. */
  let next: { sequence: number; timeMs: number } | undefined
  let frameSamples = sampleRate / 50
  /** Sound made up since the queue ran dry. */
  let dryMs = 0
  /** How much the sound since the last packet was drawn out. */
  let drawnOutMs = 0
  let lastArrivalMs = -Infinity
  /** The packet with the highest number. */
  let newest: StoredPacket | undefined

  /** The delay of arrival that sound should have when it is played. */
  function targetMs(): number {
    const enough = Math.max(delays.quantile(inTime), reliefs.quantile(never))
    if (delays.count >= knownPackets) return enough
    return Math.max(enough, delays.quantile(0) + startDelayMs)
  }

  function insert(packet: JitterPacket, nowMs: number): void {
    refuseNoTime(nowMs)
    figures.received++
    if (nowMs - lastArrivalMs > pauseMs && packets.size === 0) restart()
    lastArrivalMs = nowMs
    const stored = packets.add(packet, nowMs)
    const delayMs = nowMs - timeOf(stored)
    const isFar = next !== undefined && Math.abs(stored.sequence - next.sequence) > strayPackets
    if (isFar || (delays.count > 0 && Math.abs(delayMs - delays.quantile(0)) > strayMs + maxDelayMs)) {
      restart()
      insert(packet, nowMs)
      figures.received--
      return
    }
    if (stored.isDuplicate) {
      figures.duplicates++
      return
    }
    delays.add(delayMs)
    if (newest === undefined || stored.sequence > newest.sequence) relieve(stored)
    if (next !== undefined && stored.sequence < next.sequence) {
      packets.remove(stored.sequence)
      figures.late++
    }
    // Nobody plays them.
    const oldest = packets.size > strayPackets ? packets.first() : undefined
    if (oldest === undefined) return
    packets.remove(oldest.sequence)
    figures.dropped++
  }

  /** Counts for the packet and for those missing before it. */
  function relieve(packet: StoredPacket): void {
    const missing = newest === undefined ? 1 : Math.min(packet.sequence - newest.sequence, strayPackets)
    const stepMs = newest === undefined ? 0 : (timeOf(packet) - timeOf(newest)) / missing
    for (let back = missing - 1; back >= 0; back--) {
      reliefs.add(packet.arrivedMs - timeOf(packet) + back * stepMs)
    }
    newest = packet
  }

  function restart(): void {
    packets.clear()
    delays.clear()
    reliefs.clear()
    newest = undefined
    next = undefined
    dryMs = 0
  }

  function playInto(output: Float32Array, nowMs: number): void {
    refuseNoTime(nowMs)
    const outputMs = msOf(output.length)
    for (let filled = 0; filled < output.length; filled += queue.shiftInto(output.subarray(filled))) {
      const playMs = nowMs + msOf(filled)
      if (queue.length === 0) fetch(playMs, output.length - filled)
      if (packets.size === 0) drawOut(nowMs, { outputMs, heldMs: msOf(filled + queue.length) })
    }
    figures.playedMs += outputMs
    figures.targetDelayMs = delays.count === 0 ? 0 : targetMs() - delays.quantile(0)
  }

  /** Puts the next piece of sound into the empty queue; at `playMs` its first sample is heard. */
  function fetch(playMs: number, wanted: number): void {
    const first = packets.first()
    if (next === undefined) {
      if (first === undefined || playMs < timeOf(first) + targetMs()) {
        queue.push(new Float32Array(wanted))
        return
      }
      next = { sequence: first.sequence, timeMs: timeOf(first) }
    }
    if (first === undefined) {
      dryMs += conceal(wanted)
      return
    }
    dropBeyondLimit(playMs)
    const packet = packets.first() ?? first
    if (dryMs > 0) endDry(packet)
    const gapMs = timeOf(packet) - next.timeMs
    const missing = packet.sequence - next.sequence
    if (missing > 0 && gapMs > 0) bringBack(packet, missing)
    else if (gapMs > 1 && playMs < timeOf(packet) + targetMs()) waitForSound(packet, playMs)
    else play(packet, playMs)
  }

  /** The queue ran dry and sound is here again: what was made up stands for what is lost, and the rest is delay. */
  function endDry(packet: StoredPacket): void {
    if (next === undefined) return
    const missing = packet.sequence - next.sequence
    const stepMs = missing > 0 ? (timeOf(packet) - next.timeMs) / missing : 0
    const covered = stepMs > 0 ? Math.min(missing, Math.round(dryMs / stepMs)) : 0
    figures.concealed += covered
    next = { sequence: next.sequence + covered, timeMs: next.timeMs + stepMs * covered }
    const excessMs = dryMs - stepMs * covered
    dryMs = 0
    if (excessMs <= 0) return
    figures.underruns++
    figures.underrunMs += excessMs
  }

  /** The next packet is missing and a later one is here. */
  function bringBack(packet: StoredPacket, missing: number): void {
    if (next === undefined) return
    const stepMs = (timeOf(packet) - next.timeMs) / missing
    const samples = inPieces((stepMs * sampleRate) / 1000)
    // Silence that was not sent is no loss to be brought back packet by packet.
    const frame = samples > 0 && samples <= sampleRate / 8 ? samples : frameSamples
    const copy = missing === 1 ? copyIn(packet.payload, frame) : undefined
    if (copy === undefined) {
      conceal(frame)
      figures.concealed++
    } else {
      queue.push(copy)
      figures.recovered++
    }
    next = { sequence: next.sequence + 1, timeMs: next.timeMs + stepMs }
  }

  /** The packet before, as the payload remembers it, if it does. */
  function copyIn(payload: Uint8Array, samples: number): Float32Array | undefined {
    try {
      return decoder.hasFec?.(payload) === true ? decoder.decodeFec?.(payload, samples) : undefined
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      return undefined
    }
  }

  /** The sender left out silence: it lasts until the packet after it is due. */
  function waitForSound(packet: StoredPacket, playMs: number): void {
    const waitMs = timeOf(packet) + targetMs() - playMs
    conceal(Math.min(frameSamples, (waitMs * sampleRate) / 1000))
  }

  function play(packet: StoredPacket, playMs: number): void {
    packets.remove(packet.sequence)
    const samples = decodeOrConceal(packet.payload)
    if (samples.length > 0) frameSamples = samples.length
    queue.push(samples)
    figures.waitMs += playMs - packet.arrivedMs
    figures.played++
    next = { sequence: packet.sequence + 1, timeMs: timeOf(packet) + msOf(samples.length) }
    drawnOutMs = 0
    follow(playMs - timeOf(packet))
  }

  /** Makes the sound just fetched longer or shorter, so that its delay comes nearer to what the line demands. */
  function follow(delayMs: number): void {
    const excessMs = delayMs - targetMs()
    if (excessMs < -toleranceMs) lengthen(excessMs < -3 * toleranceMs ? -1 : alike)
    const isKnown = delays.count >= knownPackets
    const following = packets.first()
    if (!isKnown || excessMs < toleranceMs || following === undefined) return
    figures.shortenedMs += msOf(
      queue.shorten(excessMs > 6 * toleranceMs ? 0 : alike, (excessMs * sampleRate) / 1000),
    )
  }

  function lengthen(likeness: number): number {
    const addedMs = msOf(queue.lengthen(likeness))
    figures.lengthenedMs += addedMs
    return addedMs
  }

  /** Makes the last sound in hand last longer, at the last moment, when the next packet may well miss its own. */
  function drawOut(nowMs: number, { outputMs, heldMs }: { outputMs: number; heldMs: number }): void {
    if (next === undefined || dryMs > 0) return
    const waitedMs = nowMs - next.timeMs
    // Beyond the worst that is known lies half as much again as between the common and it.
    const worst = reliefs.quantile(1)
    // The less is known, the more it may be.
    const spreadMs = worst - reliefs.quantile(0)
    const unknownMs = (spreadMs * knownPackets) / Math.max(knownPackets, reliefs.count)
    const longestMs = worst + 1.5 * (worst - reliefs.quantile(never)) + unknownMs
    for (let lastsMs = heldMs; lastsMs < outputMs + reserveMs && drawnOutMs < mostDrawnOutMs;) {
      if (waitedMs + outputMs * Math.floor(lastsMs / outputMs) > longestMs) return
      const addedMs = lengthen(-1)
      if (addedMs === 0) return
      drawnOutMs += addedMs
      lastsMs += addedMs
    }
  }

  function decodeOrConceal(payload: Uint8Array): Float32Array {
    try {
      return decoder.decode(payload)
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      figures.concealed++
      return decoder.decodeLost(frameSamples)
    }
  }

  /** Makes up at least so many samples; gives how long they last. */
  function conceal(samples: number): number {
    const made = decoder.decodeLost(inPieces(samples))
    queue.push(made)
    figures.concealedMs += msOf(made.length)
    return msOf(made.length)
  }

  /** Rounded up to what every decoder can make up, one piece at least. */
  function inPieces(samples: number): number {
    const piece = sampleRate / 400
    return Math.round(Math.max(1, Math.ceil(samples / piece - 1e-6)) * piece)
  }

  function dropBeyondLimit(playMs: number): void {
    for (let first = packets.first(); first !== undefined; first = packets.first()) {
      if (playMs - timeOf(first) - delays.quantile(0) <= maxDelayMs) return
      packets.remove(first.sequence)
      figures.dropped++
      next = { sequence: first.sequence + 1, timeMs: timeOf(first) + msOf(frameSamples) }
    }
  }

  return {
    insert,
    playInto,
    get statistics() {
      return { ...figures }
    },
    reset() {
      restart()
      queue.clear()
      lastArrivalMs = -Infinity
    },
  }
}
