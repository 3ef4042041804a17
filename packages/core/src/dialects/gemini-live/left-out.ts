import type { RealtimeSessionConfig, SessionConfig } from '../../events/session-config.ts'

/** Settings of an update that Gemini Live has no field for, as dotted paths. What asks for the default is none. */
export function leftOut(config: SessionConfig): readonly string[] {
  if (config.type !== 'realtime') return []
  const { audio, tool_choice: choice = 'auto', truncation = 'auto' } = config
  const detection = audio?.input?.turn_detection
  const asked: Readonly<Record<string, boolean>> = {
    'session.audio.input.noise_reduction': audio?.input?.noise_reduction != null,
    'session.audio.input.turn_detection.idle_timeout_ms':
      detection?.type === 'server_vad' && detection.idle_timeout_ms != null,
    'session.audio.output.speed': (audio?.output?.speed ?? 1) !== 1,
    'session.tool_choice': choice !== 'auto',
    'session.parallel_tool_calls': config.parallel_tool_calls === false,
    'session.reasoning': config.reasoning !== undefined,
    'session.truncation': truncation !== 'auto',
    'session.tracing': config.tracing != null,
    'session.prompt': config.prompt != null,
    'session.include': (config.include ?? []).length > 0,
  }
  return Object.keys(asked).filter((param) => asked[param])
}

/** The update without those settings, so that the session shows what is in force. */
export function withoutLeftOut(config: RealtimeSessionConfig): RealtimeSessionConfig {
  const {
    tool_choice: _choice,
    parallel_tool_calls: _parallel,
    reasoning: _reasoning,
    truncation: _truncation,
    tracing: _tracing,
    prompt: _prompt,
    include: _include,
    ...kept
  } = config
  if (!kept.audio) return kept
  const { input, output } = kept.audio
  return {
    ...kept,
    audio: {
      ...(input && { input: withoutUnknownInput(input) }),
      ...(output && { output: withoutSpeed(output) }),
    },
  }
}

type Audio = NonNullable<RealtimeSessionConfig['audio']>

function withoutUnknownInput(input: NonNullable<Audio['input']>): NonNullable<Audio['input']> {
  const { noise_reduction: _noise, turn_detection: detection, ...kept } = input
  if (detection === undefined) return kept
  if (detection?.type !== 'server_vad') return { ...kept, turn_detection: detection }
  const { idle_timeout_ms: _idle, ...turnDetection } = detection
  return { ...kept, turn_detection: turnDetection }
}

function withoutSpeed(output: NonNullable<Audio['output']>): NonNullable<Audio['output']> {
  const { speed: _speed, ...kept } = output
  return kept
}
