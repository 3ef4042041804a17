'use client'

import { Combobox } from '@base-ui/react/combobox'
import { Dialog } from '@base-ui/react/dialog'
import type { VoiceCapability } from '@parley/core'
import { useMemo, useRef, useState, type JSX, type RefObject } from 'react'
import type { Backend, VoiceQuery } from '../gateway-client.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { languageOf } from '../session/translation.ts'
import '../styles/voices.css'
import { Icon } from './icons.tsx'
import { usePlayground } from './playground-context.tsx'
import { useVoices } from './use-voices.ts'
import { VoiceChoice } from './voice-choice.tsx'
import { VoiceFilters } from './voice-filters.tsx'
import { VoiceState } from './voice-state.tsx'

/** The next page is asked for when the highlight is this close to the end. */
const lookAhead = 12

/** Searches the voices of a backend; one is heard and then taken. */
export function VoicePicker(props: {
  readonly backend: Backend
  readonly trigger: RefObject<HTMLButtonElement | null>
  readonly onClose: () => void
}): JSX.Element {
  const { backend, trigger, onClose } = props
  const { text } = usePreferences()
  const { client, inForce, changeSettings } = usePlayground()
  const heardLanguage = inForce.purpose === 'translation' ? inForce.translateTo : inForce.language
  const [query, setQuery] = useState<VoiceQuery>(() => ({
    backend: backend.name,
    text: '',
    language: languageOf(backend.capabilities, heardLanguage)?.speech === 'ready' ? heardLanguage : '',
    gender: '',
    kind: '',
  }))
  const found = useVoices(client, query)
  const voices = useMemo(() => [...found.voices], [found.voices])
  const [chosen, setChosen] = useState<VoiceCapability | null>(() => startingVoice(backend, inForce.voice))
  const search = useRef<HTMLInputElement>(null)
  const take = (voice: string, voiceStyle: string): void => {
    changeSettings({ voice, voiceStyle })
    onClose()
  }

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="picker-backdrop" />
        <Dialog.Popup
          className="picker"
          initialFocus={search}
          finalFocus={trigger}
          data-testid="voice-picker"
        >
          <div className="picker-head">
            <Dialog.Title render={<h2 />}>{text.voices.title}</Dialog.Title>
            <Dialog.Close className="quiet-button square" aria-label={text.voices.close}>
              <Icon name="close" size={18} />
            </Dialog.Close>
          </div>
          <Combobox.Root
            inline
            open
            items={voices}
            filteredItems={voices}
            value={chosen}
            onValueChange={setChosen}
            inputValue={query.text}
            onInputValueChange={(value, { reason }) => {
              // Choosing a voice is no search for its name.
              if (reason === 'input-change' || reason === 'input-clear') setQuery({ ...query, text: value })
            }}
            onItemHighlighted={(voice, { index }) => {
              if (voice !== undefined && index > voices.length - lookAhead) found.loadMore()
            }}
            itemToStringLabel={({ name, title }) => title ?? name}
            isItemEqualToValue={(one, other) => one.name === other.name}
          >
            <Combobox.Input
              ref={search}
              className="picker-search"
              placeholder={text.voices.search}
              aria-label={text.voices.search}
              data-testid="voice-search"
            />
            <VoiceFilters query={query} onChange={setQuery} found={voices} backend={backend} />
            <VoiceState found={found} backend={backend.name} />
            <Combobox.List
              className="picker-list"
              data-testid="voice-list"
              onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
                if (scrollHeight - scrollTop - clientHeight < clientHeight) found.loadMore()
              }}
            >
              {(voice: VoiceCapability, index: number) => (
                <VoiceRow
                  key={voice.name}
                  voice={voice}
                  place={{ index, total: found.total }}
                  onUse={() => take(voice.name, '')}
                />
              )}
            </Combobox.List>
          </Combobox.Root>
          <VoiceChoice
            key={chosen?.name ?? ''}
            backend={backend}
            voice={chosen}
            language={heardLanguage}
            canSample={found.samples}
            onTake={take}
          />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** A voice that only the backend's own list knows is shown by its name until that list has come. */
function startingVoice({ capabilities }: Backend, name: string): VoiceCapability | null {
  if (name === '') return null
  return capabilities.voices.find((voice) => voice.name === name) ?? { name, languages: [] }
}

function VoiceRow(props: {
  readonly voice: VoiceCapability
  readonly place: { readonly index: number; readonly total: number }
  readonly onUse: () => void
}): JSX.Element {
  const { voice, place, onUse } = props
  const { text, format } = usePreferences()
  const { name, title, languages, gender, engine, styles = [] } = voice
  const [own, ...others] = languages
  const facts = [
    own === undefined ? '' : format.languageName(own),
    others.length > 0 ? text.voices.moreLanguages(format.integer(others.length)) : '',
    gender === undefined ? '' : text.voices.genders[gender],
    engine ?? '',
  ]
  return (
    <Combobox.Item
      className="voice-row"
      value={voice}
      aria-setsize={place.total}
      aria-posinset={place.index + 1}
      data-testid="voice-option"
      data-name={name}
      onDoubleClick={onUse}
    >
      <span className="voice-name">{title ?? name}</span>
      <span className="voice-facts">{facts.filter((fact) => fact !== '').join(' · ')}</span>
      {styles.length > 0 && <span className="voice-facts">{styles.join(', ')}</span>}
    </Combobox.Item>
  )
}
