import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { firstInstalled, soundPrograms } from './programs.ts'

describe('soundPrograms', () => {
  it('has a way to get a program on every platform', () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      expect(soundPrograms(platform).help).toMatch(/[Ii]nstall/)
      expect(soundPrograms(platform).players.length).toBeGreaterThan(0)
    }
  })

  it('records on Windows only from a microphone that is named', () => {
    expect(soundPrograms('win32').recorders).toEqual([])
    expect(soundPrograms('win32', 'USB mic').recorders[0]?.args).toContain('audio=USB mic')
  })

  it('takes the best program that is installed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-programs-'))
    for (const name of ['ffmpeg', 'rec']) {
      writeFileSync(join(folder, name), '')
      chmodSync(join(folder, name), 0o755)
    }
    const { recorders, players } = soundPrograms('linux')
    expect(firstInstalled(recorders, { PATH: folder })?.command).toBe('rec')
    expect(firstInstalled(players, { PATH: folder })).toBeUndefined()
  })
})
