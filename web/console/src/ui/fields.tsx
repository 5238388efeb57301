import { TextInput, type TextInputProps } from '@mantine/core'

// A day. The browser's own field writes it in the viewer's way, takes it from the keyboard, and gives it as the API's.
export function DateField({ onChange, ...props }: Omit<TextInputProps, 'type' | 'onChange'> & { onChange?: (date: string) => void }) {
  return <TextInput type="date" {...props} onChange={(event) => onChange?.(event.currentTarget.value)} />
}

// An amount as one types it; parseAmount reads it.
export function AmountField({ currency, ...props }: TextInputProps & { currency: string }) {
  return (
    <TextInput
      inputMode="decimal"
      autoComplete="off"
      rightSection={currency}
      rightSectionWidth={48}
      rightSectionProps={{ style: { fontSize: 'var(--mantine-font-size-xs)', color: 'var(--mantine-color-dimmed)' } }}
      {...props}
    />
  )
}
