'use client'

import { trackRate } from '@parley/compare'
import { useState, type JSX } from 'react'
import { useCompareText } from '../../i18n/compare-messages.ts'
import { usePreferences } from '../../i18n/page-preferences.tsx'
import { decodeSound, maxFileSeconds } from '../decode-sound.ts'
import { DropZone } from './drop-zone.tsx'

/** A sound file as lanes are told it. */
export interface ChosenFile {
  readonly name: string
  readonly samples: Int16Array
}

/** Takes any sound file the browser can read. */
export function FileField(props: {
  readonly file: ChosenFile | undefined
  readonly onChange: (file: ChosenFile) => void
}): JSX.Element {
  const text = useCompareText().source
  const { format } = usePreferences()
  const [state, setState] = useState<'ready' | 'reading' | 'long' | 'unreadable'>('ready')
  const read = async (file: File | undefined): Promise<void> => {
    if (!file) return
    setState('reading')
    try {
      const samples = await decodeSound(await file.arrayBuffer())
      if (samples.length > maxFileSeconds * trackRate) return setState('long')
      props.onChange({ name: file.name, samples })
      setState('ready')
    } catch {
      setState('unreadable')
    }
  }
  const told = {
    ready:
      props.file && text.fileLength(props.file.name, format.decimal(props.file.samples.length / trackRate)),
    reading: text.decoding,
    long: text.fileTooLong(format.integer(maxFileSeconds / 60)),
    unreadable: text.fileUnreadable,
  }[state]
  return (
    <DropZone
      label={text.chooseFile}
      hint={text.dropFile}
      accept="audio/*,video/webm,video/mp4,.wav,.mp3,.ogg,.opus,.m4a,.flac"
      testId="sound-file"
      onFiles={([file]) => void read(file)}
    >
      <p role="status" className="drop-state" data-bad={state === 'long' || state === 'unreadable'}>
        {told}
      </p>
    </DropZone>
  )
}
