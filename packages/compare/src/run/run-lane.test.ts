import { describe, expect, it } from 'vitest'
import { parseScenario } from '../scenario/parse.ts'
import type { Scenario } from '../scenario/scenario.ts'
import {
  audio,
  created,
  createScriptedPorts,
  done,
  scriptedLane,
  silence,
  sound,
  speechStarted,
  speechStopped,
  tone,
  transcript,
  words,
  type Behaviour,
} from './__fixtures__/scripted-backend.ts'
import type { LaneRun } from './lane-run.ts'
import type { Mark, MarkType } from './mark.ts'
import { runLane } from './run-lane.ts'

function scenarioOf(steps: string): Scenario {
  return parseScenario(`name: test\ntitle: Test\nsteps:\n${steps}`)
}

async function run(steps: string, behaviour: Behaviour): Promise<LaneRun> {
  const { ports, clock } = createScriptedPorts(behaviour)
  return clock.run(runLane(scenarioOf(steps), scriptedLane, ports))
}

function markOf(ran: LaneRun, type: MarkType): Mark {
  const mark = ran.marks.find((candidate) => candidate.type === type)
  if (!mark) throw new Error(`No ${type} among ${ran.marks.map((one) => one.type).join(', ')}`)
  return mark
}

/** Answers each stretch of speech 300 ms after it with a second of sound that begins with 100 ms of silence. */
function answering(ms = 1000): Behaviour {
  let turns = 0
  return {
    onSpeech(backend, what) {
      if (what === 'started') return backend.send(speechStarted(`turn ${++turns}`))
      const id = `answer ${turns}`
      const item = `turn ${turns}`
      backend.after(200, () => backend.send(speechStopped(item)))
      backend.after(250, () => backend.send(transcript(item, 'hello there')))
      backend.after(300, () => {
        backend.send(created(id))
        backend.send(words(id, 'Good '))
        backend.send(words(id, 'day.'))
        backend.send(audio(id, sound(silence(100), tone(ms))))
        backend.send(done(id))
      })
    },
  }
}

describe('a lane', () => {
  it('marks speech as it was spoken and the answer as it was heard', async () => {
    const ran = await run('  - say: Hello there\n  - wait: answer', answering())
    expect(ran.problem).toBeUndefined()
    expect(ran.outcome).toBe('completed')
    const end = markOf(ran, 'speech_end').at
    expect(end - markOf(ran, 'speech_start').at).toBeCloseTo(440, 3)
    expect(markOf(ran, 'first_audio').at - end).toBeCloseTo(320 + 0, 3)
    expect(markOf(ran, 'first_sound').at - markOf(ran, 'first_audio').at).toBeCloseTo(100, 3)
    expect(markOf(ran, 'sound_end').at - markOf(ran, 'first_audio').at).toBeCloseTo(1100, 3)
    expect(ran.durationMs).toBeGreaterThanOrEqual(markOf(ran, 'sound_end').at)
    expect(ran.durationMs).toBeLessThan(markOf(ran, 'sound_end').at + 40)
  })
})
