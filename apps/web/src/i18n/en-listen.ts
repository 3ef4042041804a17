/** What is known where a sound could not be taken. */
interface ProblemFacts {
  /** Of the sound. */
  readonly name: string
  /** Longest sound that is taken. */
  readonly minutes: string
}

/** Texts of the view that listens. */
export const listenTexts = {
  heading: 'Listening lab',
  lead: 'See what turn detection hears, and find settings that fit your sound.',
  guide: 'How to choose them',
  source: {
    microphone: 'Use the microphone',
    stop: 'Stop',
    samples: 'Sounds to try',
    sampleNames: { en: 'English sample', de: 'German sample' },
    choose: 'Open a sound',
    drop: (minutes: string): string =>
      `or drop it here: any format this browser knows, up to ${minutes} minutes. It stays in this browser.`,
    progress: (name: string): string => `Listening to ${name}`,
    problems: {
      unreadable: ({ name }: ProblemFacts): string =>
        `${name} is no sound that this browser can read. WAV, MP3 and Ogg files are read everywhere.`,
      too_long: ({ minutes }: ProblemFacts): string => `The lab takes up to ${minutes} minutes of sound.`,
      no_model: (): string => 'Silero could not be loaded. The energy detector listens in its place.',
      no_microphone: (): string =>
        'The microphone could not be used. Allow it in the site settings beside the address bar, or open a file.',
      microphone_lost: (): string => 'The microphone is gone. What it heard until then is kept.',
      no_sample: (): string => 'The sample could not be loaded.',
    } satisfies Record<string, (facts: ProblemFacts) => string>,
  },
  picture: {
    label: 'Sound and detection',
    timeline: 'Place in the sound',
    seconds: (value: string): string => `${value} s`,
    kilohertz: (value: string): string => `${value} kHz`,
    enter: 'enter',
    leave: 'leave',
    play: 'Play',
    pause: 'Pause',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    fit: 'Show all',
    empty: 'No sound yet.',
    summary: (turns: number, misfires: number, seconds: string): string =>
      `${turns === 1 ? '1 turn' : `${turns} turns`}${misfires === 0 ? '' : ` and ${misfires === 1 ? '1 misfire' : `${misfires} misfires`}`} in ${seconds} s`,
    parts: { padding: 'Padding and tail', turn: 'Speech', wait: 'Silence until the turn ended' },
  },
  settings: {
    detection: 'Speech',
    end: 'End of turn',
    detector: 'Detector',
    detectors: { silero: 'Silero v6', energy: 'Energy' },
    detectorHints: {
      silero: 'A small model, the one that Parley itself uses. It tells speech from noise.',
      energy: 'Level over the noise, without a model. Any loud sound is speech to it.',
    },
    mode: 'Who ends a turn',
    modes: { server_vad: 'Silence', semantic_vad: 'Semantic', azure_semantic_vad: 'Azure' },
    modeHints: {
      server_vad: 'A fixed silence: server_vad.',
      semantic_vad:
        'A silence that depends on how finished a turn sounds: semantic_vad of OpenAI. The lab has no words and judges by the voice; the local backend judges by the words.',
      azure_semantic_vad:
        'azure_semantic_vad of Voice Live, imitated by Parley’s own detection and judged by the voice. Azure’s may judge otherwise.',
    },
    eagerness: 'Eagerness',
    eagernessNames: { low: 'Low', auto: 'Auto', high: 'High' },
    eagernessHint:
      'High ends turns after 0.16 to 2 s of silence, auto after 0.3 to 4 s, low after 0.5 to 8 s.',
    sureLevel: 'Certainty',
    sureLevels: { low: 'Low', medium: 'Medium', high: 'High' },
    sureHint: 'How finished a turn must sound to end after the shortest silence.',
    reset: 'Back to the defaults',
    local: 'here only',
    localLong: 'The session object has no field for this; sessions use a value of their own.',
    milliseconds: (value: string): string => `${value} ms`,
    decibels: (value: string): string => `${value} dB`,
    numbers: {
      energyThresholdDb: {
        label: 'Level over the noise',
        hint: 'From here on a frame is more likely speech than not.',
      },
      energyFloorDbfs: {
        label: 'Lowest noise floor',
        hint: 'Keeps a hiss in a silent line from being speech.',
      },
      enterThreshold: {
        label: 'Enter threshold',
        hint: 'Speech begins at this probability. Higher ignores more noise, and more quiet words.',
      },
      leaveThreshold: {
        label: 'Leave threshold',
        hint: 'Speech goes on while the probability stays above it.',
      },
      minSpeechMs: { label: 'Minimum speech', hint: 'Anything shorter is a misfire: a cough, a click.' },
      prefixPaddingMs: {
        label: 'Prefix padding',
        hint: 'Sound before the onset that belongs to the turn. Too little cuts off first consonants.',
      },
      tailMs: {
        label: 'Tail',
        hint: 'Sound after the end of speech that belongs to the turn. It keeps quiet endings.',
      },
      silenceMs: {
        label: 'Silence',
        hint: 'Ends the turn. Shorter answers sooner, and cuts off who pauses to think.',
      },
      pauseMs: {
        label: 'Pause',
        hint: 'Silence after which an answer may already be begun; it is thrown away if speech goes on.',
      },
      timeoutMs: { label: 'Longest silence', hint: 'Ends a turn that does not sound finished.' },
    },
  },
  turns: {
    title: 'Turns',
    none: 'No turn yet.',
    number: 'Turn',
    turn: (number: string): string => `turn ${number}`,
    from: 'From',
    to: 'To',
    wait: 'Ended after',
    pauses: 'Pauses',
    actions: 'Hear it',
    hear: 'Hear',
    show: 'show in the picture',
    open: 'still open',
    milliseconds: (value: string): string => `${value} ms`,
  },
  marks: {
    title: 'Marks',
    none: 'No mark yet.',
    kind: 'What',
    at: 'At',
    known: 'Known after',
    score: 'Finished?',
    all: (count: string): string => `Show all ${count}`,
    kinds: {
      tentative: 'Tentative start',
      started: 'Speech started',
      misfire: 'Misfire',
      pause: 'Pause',
      resumed: 'Went on',
      stopped: 'Turn ended',
    },
  },
  export: {
    title: 'For your session',
    form: 'Protocol',
    forms: { openai: 'OpenAI', 'voice-live': 'Voice Live' },
    copy: 'Copy',
    copied: 'Copied',
    save: 'Save as JSON',
    use: 'Use in the playground',
    unsent: (names: string): string =>
      `Not part of it, because the protocol has no field for them: ${names}.`,
    nearest: (silence: string): string =>
      `The playground offers fewer values and takes ${silence} of silence.`,
  },
  keys: {
    play: 'Play or pause',
    step: 'Back or forth by 1 s',
    fine: 'Back or forth by 0.1 s',
    toStart: 'To the start',
    toEnd: 'To the end',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    fit: 'Show all',
    note: 'These work while the picture has the focus.',
  },
}

/** Texts of the view that listens, in a language. */
export type ListenTexts = typeof listenTexts
