import { Combobox, InputBase, SegmentedControl, SimpleGrid, Stack, Text, TextInput, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, answered } from '../../api/client'
import { Search } from '../../ui/icons'
import { codeOf, newDraft } from './draft'
import { useSellText } from './messages'
import type { DraftForm } from './steps'

export function ContactStep({ form }: { form: DraftForm }) {
  const t = useSellText()
  const setContact = (contact: string) => {
    form.setFieldValue('contact', contact)
    if (form.values.code === codeOf(form.values.contact)) form.setFieldValue('code', codeOf(contact))
  }
  return (
    <Stack>
      <SegmentedControl
        aria-label={t('who')}
        data={[
          { value: 'fresh', label: t('fresh') },
          { value: 'existing', label: t('existing') },
        ]}
        {...form.getInputProps('buyer')}
      />
      {form.values.buyer === 'existing' ? (
        <SubscriberField form={form} />
      ) : (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput label={t('contact_name')} autoComplete="off" data-autofocus {...form.getInputProps('contact')} onChange={(e) => setContact(e.currentTarget.value)} />
          <TextInput label={t('email')} type="email" autoComplete="off" {...form.getInputProps('email')} />
        </SimpleGrid>
      )}
    </Stack>
  )
}

function useFound(typed: string) {
  const [q] = useDebouncedValue(typed.trim(), 80)
  return useQuery({
    queryKey: ['subscribers', 'field', q],
    queryFn: ({ signal }) => answered(api.GET('/api/v1/subscribers', { params: { query: { limit: 8, ...(q ? { q } : {}) } }, signal })),
    placeholderData: keepPreviousData,
  })
}

function SubscriberField({ form }: { form: DraftForm }) {
  const t = useSellText()
  const [typed, setTyped] = useState(form.values.subscriberName)
  const found = useFound(typed).data?.items ?? []
  const combobox = useCombobox()
  const choose = (code: string) => {
    const name = found.find((one) => one.code === code)?.name || code
    setTyped(name)
    form.setValues({ subscriber: code, subscriberName: name, place: newDraft.place, unit: '' })
    combobox.closeDropdown()
  }
  return (
    <Combobox store={combobox} onOptionSubmit={choose}>
      <Combobox.Target>
        <InputBase
          label={t('find')}
          description={t('find_hint')}
          leftSection={<Search size={15} />}
          value={typed}
          error={form.errors.subscriber}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            form.setValues({ subscriber: '', subscriberName: '' })
            combobox.openDropdown()
          }}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          data-autofocus
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options>
          {found.length === 0 && <Combobox.Empty>{t('nobody')}</Combobox.Empty>}
          {found.map(({ code, name, contact }) => (
            <Combobox.Option key={code} value={code}>
              <Text size="sm">{name || code}</Text>
              <Text size="xs" c="dimmed">
                {[code, contact !== name && contact].filter(Boolean).join(' · ')}
              </Text>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
