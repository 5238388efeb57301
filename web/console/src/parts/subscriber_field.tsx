import { Autocomplete, type AutocompleteProps, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, answered } from '../api/client'

interface Props extends Omit<AutocompleteProps, 'data'> {
  value?: string
  // Offered before anything is typed.
  suggested?: string[]
}

const at_most = 8
const typing_pause_ms = 120

// A subscriber by code. Who only knows the name types that, and chooses.
export function SubscriberField({ value = '', suggested = [], ...props }: Props) {
  const [q] = useDebouncedValue(value.trim(), typing_pause_ms)
  const found = useQuery({
    queryKey: ['subscribers', 'field', q],
    queryFn: ({ signal }) => answered(api.GET('/api/v1/subscribers', { params: { query: { q, limit: at_most } }, signal })),
    enabled: q.length > 1,
    placeholderData: keepPreviousData,
  })
  const names = new Map((found.data?.items ?? []).map(({ code, name }) => [code, name]))
  const name = names.get(value.trim())
  const codes = q.length > 1 ? [...names.keys()] : suggested
  // Once a code is whole there is nothing to choose any more, and a list would only cover what stands below.
  const offered = name === undefined || codes.length > 1 ? codes : []
  return (
    <Autocomplete
      {...props}
      description={name && name !== value.trim() ? name : props.description}
      value={value}
      data={offered}
      filter={({ options }) => options}
      autoComplete="off"
      renderOption={({ option }) => (
        <div>
          <Text size="sm">{names.get(option.value) || option.value}</Text>
          <Text size="xs" c="dimmed">
            {option.value}
          </Text>
        </div>
      )}
    />
  )
}
