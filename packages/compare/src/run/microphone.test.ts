import { describe, expect, it } from 'vitest'
import { silence, sound, tone } from './__fixtures__/scripted-backend.ts'
import { createLiveMicrophone, createScriptedMicrophone } from './microphone.ts'

describe('a microphone that is given utterances', () => {
  it('sends silence, then the utterance to its last sample, then silence', () => {
    const microphone = createScriptedMicrophone()
    const samples = tone(50)
    const silent = microphone.frame(1000)
    microphone.speak({ samples, speech: { from: 0, to: samples.length } }, { step: 3, at: 995 })
    expect(microphone.isSpeaking).toBe(true)
    const frames = [1020, 1040, 1060, 1080].map((at) => microphone.frame(at))
    expect(silent).toEqual({ samples: silence(20), edges: [] })
    expect(sound(...frames.map((frame) => frame.samples))).toEqual(sound(samples, silence(30)))
    expect(microphone.isSpeaking).toBe(false)
  })

  it('places speech where it was spoken: a frame holds the 20 ms before it is sent', () => {
    const microphone = createScriptedMicrophone()
    const samples = sound(silence(5), tone(40), silence(5))
    microphone.speak({ samples, speech: { from: 5 * 24, to: 45 * 24 } }, { step: 3, at: 1000 })
    const edges = [1019, 1020, 1041, 1060].flatMap((at) => microphone.frame(at).edges)
    expect(edges).toEqual([
      { type: 'speech_start', at: 1005, step: 3 },
      { type: 'speech_end', at: 1045, step: 3 },
    ])
    expect(microphone.segments).toEqual([{ at: 1000, samples }])
  })

  it('says one thing after the other', () => {
    const microphone = createScriptedMicrophone()
    const samples = tone(30)
    const speech = { from: 0, to: samples.length }
    microphone.speak({ samples, speech }, { step: 0, at: 0 })
    microphone.speak({ samples, speech }, { step: 1, at: 0 })
    for (const at of [20, 40, 60, 80]) microphone.frame(at)
    expect(microphone.segments.map(({ at }) => at)).toEqual([0, 40])
  })
})

describe('a microphone that is fed', () => {
  it('passes on chunks of any size as frames and tells where speech is', () => {
    const microphone = createLiveMicrophone()
    const recorded = sound(silence(33), tone(300), silence(500), tone(100), silence(400))
    let at = 1000
    const edges = []
    let sent = 0
    for (let from = 0; from < recorded.length; from += 700) {
      microphone.push(recorded.subarray(from, from + 700))
      while (microphone.hasWaiting) {
        at += 20
        const frame = microphone.frame(at)
        edges.push(...frame.edges)
        expect(frame.samples).toEqual(recorded.subarray(sent, sent + 480))
        sent += 480
      }
    }
    expect(edges.map(({ type, at: moment }) => [type, Math.round(moment)])).toEqual([
      ['speech_start', 1033],
      ['speech_end', 1333],
      ['speech_start', 1833],
      ['speech_end', 1933],
    ])
    expect(microphone.segments).toEqual([{ at: 1000, samples: recorded.subarray(0, sent) }])
  })

  it('waits between chunks, and is silent before the first and after the last', () => {
    const microphone = createLiveMicrophone()
    expect(microphone.frame(20).samples).toEqual(silence(20))
    microphone.push(tone(20))
    expect(microphone.frame(40).samples).toEqual(tone(20))
    const lengths = Array.from({ length: 12 }, (_, i) => microphone.frame(60 + 20 * i).samples.length)
    expect(lengths).toEqual([...Array.from({ length: 10 }, () => 0), 480, 480])
  })
})
