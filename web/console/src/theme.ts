import {
  Button, Checkbox, createTheme, defaultVariantColorsResolver, type MantineColorsTuple, Modal, Paper, Table, Tooltip,
  type VariantColorsResolver,
} from '@mantine/core'

const sluice: MantineColorsTuple = [
  '#e8f7f5', '#d3ebe7', '#a6d6cf', '#76c0b6', '#4fada0', '#369f92', '#0f766e', '#0c6961', '#075c55', '#004d47',
]

// Words on a tint of their own colour are darker, or lighter, than the library makes them: 4.5 to 1 is needed to be read.
const variantColorResolver: VariantColorsResolver = (input) => {
  const resolved = defaultVariantColorsResolver(input)
  const color = input.color ?? input.theme.primaryColor
  if (input.variant !== 'light' || !(color in input.theme.colors)) return resolved
  const dark = `color-mix(in srgb, var(--mantine-color-${color}-9) 70%, black)`
  return { ...resolved, color: `light-dark(${dark}, var(--mantine-color-${color}-2))` }
}

// Dense but calm: a clerk has this open all day.
export const theme = createTheme({
  primaryColor: 'sluice',
  primaryShade: 6,
  variantColorResolver,
  colors: { sluice },
  autoContrast: true,
  defaultRadius: 'md',
  fontFamily: 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '1.375rem' }, h2: { fontSize: '1.0625rem' }, h3: { fontSize: '0.9375rem' } } },
  components: {
    Button: Button.extend({ defaultProps: { size: 'sm' } }),
    Checkbox: Checkbox.extend({ defaultProps: { radius: 'sm' } }),
    Modal: Modal.extend({ defaultProps: { size: 'lg', centered: true, overlayProps: { backgroundOpacity: 0.4, blur: 1 } } }),
    Paper: Paper.extend({ defaultProps: { withBorder: true } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 6, horizontalSpacing: 'sm' } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 300, withArrow: true } }),
  },
})
