/** A packet with its numbers unwrapped. */
export interface StoredPacket {
  readonly sequence: number
  readonly timestamp: number
  readonly payload: Uint8Array
  readonly arrivedMs: number
  readonly isDuplicate: boolean
}

/** Packets that wait, by number. */
export interface PacketStore {
  readonly size: number
  /** Keeps the packet unless it has been here before. */
  add(
    packet: { readonly sequence: number; readonly timestamp: number; readonly payload: Uint8Array },
    arrivedMs: number,
  ): StoredPacket
  /** The packet with the lowest number. */
  first(): StoredPacket | undefined
  remove(sequence: number): void
  clear(): void
}

/** Numbers that are known to have come; one that comes again later than this counts as late. */
const rememberedPackets = 512

/** An empty store. */
export function createPacketStore(): PacketStore {
  const waiting = new Map<number, StoredPacket>()
  const seen = new Set<number>()
  let lastSequence: number | undefined
  let lastTimestamp = 0
  let lowest: StoredPacket | undefined

  /** Forgets the numbers that leave memory when the newest moves on. */
  function forget(from: number, to: number): void {
    const count = Math.min(to - from, rememberedPackets)
    for (let k = 0; k < count; k++) seen.delete(from - rememberedPackets + k)
  }

  return {
    get size() {
      return waiting.size
    },
    add({ sequence, timestamp, payload }, arrivedMs) {
      const unwrapped = {
        sequence: lastSequence === undefined ? sequence : unwrap(sequence, lastSequence, 16),
        timestamp: lastSequence === undefined ? timestamp : unwrap(timestamp, lastTimestamp, 32),
      }
      if (lastSequence === undefined || unwrapped.sequence > lastSequence) {
        if (lastSequence !== undefined) forget(lastSequence, unwrapped.sequence)
        lastSequence = unwrapped.sequence
        lastTimestamp = unwrapped.timestamp
      }
      const isDuplicate = seen.has(unwrapped.sequence)
      if (unwrapped.sequence > lastSequence - rememberedPackets) seen.add(unwrapped.sequence)
      const stored = { ...unwrapped, payload, arrivedMs, isDuplicate }
      if (isDuplicate) return stored
      waiting.set(stored.sequence, stored)
      if (lowest !== undefined && stored.sequence < lowest.sequence) lowest = stored
      return stored
    },
    first() {
      if (lowest === undefined) {
        for (const packet of waiting.values()) {
          if (lowest === undefined || packet.sequence < lowest.sequence) lowest = packet
        }
      }
      return lowest
    },
    remove(sequence) {
      waiting.delete(sequence)
      if (lowest?.sequence === sequence) lowest = undefined
    },
    clear() {
      waiting.clear()
      seen.clear()
      lowest = undefined
      lastSequence = undefined
    },
  }
}

/** The number nearest to `near` that is `value` in its last `bits` bits. */
function unwrap(value: number, near: number, bits: number): number {
  const size = 2 ** bits
  const distance = (((value - near) % size) + size) % size
  return near + (distance < size / 2 ? distance : distance - size)
}
