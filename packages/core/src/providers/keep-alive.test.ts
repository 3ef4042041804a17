import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keepAlive, type PingableSocket } from './keep-alive.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function watched(answers: boolean): {
  socket: PingableSocket & { isPaused: boolean }
  log: string[]
  emit: (type: string) => void
} {
  const log: string[] = []
  const listeners: [string, () => void][] = []
  const emit = (type: string): void => {
    for (const [name, listener] of listeners) if (name === type) listener()
  }
  const socket = {
    isPaused: false,
    ping() {
      log.push('ping')
      if (answers) emit('pong')
    },
    terminate: () => void log.push('terminate'),
    on: (type: string, listener: () => void) => listeners.push([type, listener]),
  }
  keepAlive(socket, { pingIntervalMs: 100, pongTimeoutMs: 50, onDead: () => log.push('dead') })
  return { socket, log, emit }
}

describe('keeping a connection alive', () => {
  it('pings again and again while the peer answers', () => {
    const { log } = watched(true)
    vi.advanceTimersByTime(350)
    expect(log).toEqual(['ping', 'ping', 'ping'])
  })

  it('ends the connection once when nothing answers', () => {
    const { log } = watched(false)
    vi.advanceTimersByTime(149)
    expect(log).toEqual(['ping'])
    vi.advanceTimersByTime(500)
    expect(log).toEqual(['ping', 'dead', 'terminate'])
  })

  it('takes any message for a sign of life', () => {
    const { log, emit } = watched(false)
    vi.advanceTimersByTime(120)
    emit('message')
    vi.advanceTimersByTime(99)
    expect(log).toEqual(['ping'])
  })

  it('waits for a peer it does not read from', () => {
    const { socket, log, emit } = watched(false)
    socket.isPaused = true
    vi.advanceTimersByTime(1000)
    expect(log).toEqual(['ping'])
    socket.isPaused = false
    emit('pong')
    vi.advanceTimersByTime(100)
    expect(log).toEqual(['ping', 'ping'])
  })

  it('stops when the socket closes', () => {
    const { log, emit } = watched(true)
    emit('close')
    vi.advanceTimersByTime(1000)
    expect(log).toEqual([])
  })
})
