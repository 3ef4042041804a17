import { execFileSync } from 'node:child_process'
import { bytesToBase64 } from '@parley/audio'
import { describe, expect, it } from 'vitest'
import { dataDir, GatewayProcess } from './testing/gateway-process.ts'
import { atSpeakingPace, spokenText } from './testing/spoken-text.ts'
import { connect, userText } from './testing/test-client.ts'

describe('when every engine process is killed', () => {
  it('the answer being spoken is finished, and what is being said is still understood', async () => {
    const frames = await spokenText('What is Parley?')
    await using gateway = new GatewayProcess({ PARLEY_DATA_DIR: dataDir() })
    const url = await gateway.url()
    await gateway.logged('engines are ready')
    using client = await connect(`${url}/v1/realtime`)

    client.send(userText('Tell me everything about Parley.'))
    client.send({ type: 'response.create' })
    await client.next('response.output_audio.delta')
    expect(killChildren(gateway)).toBeGreaterThanOrEqual(3)
    expect(await client.next('response.done')).toMatchObject({ response: { status: 'completed' } })

    const spoken = atSpeakingPace(frames, (frame) =>
      client.send({ type: 'input_audio_buffer.append', audio: bytesToBase64(frame) }),
    )
    await client.next('input_audio_buffer.speech_started')
    expect(killChildren(gateway)).toBeGreaterThanOrEqual(3)
    const { transcript } = await client.next('conversation.item.input_audio_transcription.completed')
    expect(String(transcript).toLowerCase()).toContain('parley')
    expect(await client.next('response.done')).toMatchObject({ response: { status: 'completed' } })
    await spoken
  })
})

/** Kills the processes the gateway started and says how many. */
function killChildren({ child }: GatewayProcess): number {
  const rows = execFileSync('/bin/ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n')
  const children = rows
    .map((row) => row.trim().split(/\s+/).map(Number))
    .flatMap(([pid, parent]) => (pid !== undefined && parent === child.pid ? [pid] : []))
  for (const pid of children) process.kill(pid, 'SIGKILL')
  return children.length
}
