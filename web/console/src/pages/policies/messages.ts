import { catalogue } from '../../i18n/catalogue'

export const usePolicyText = catalogue({
  en: {
    title: 'Policies', about: 'What holds for subscribers of a region, POP or category, where they say nothing themselves. In order: the first policy that matches and says something wins, setting by setting. What no policy says, the operator’s settings do.', none: 'No policies', none_hint: 'All subscribers follow the operator’s settings. Add a policy where some of them are billed, or pay, in another way.', add: 'Add a policy', save: 'Save the policies', saved: 'The policies hold from now on.', number: 'Policy {number}', matches: 'It holds for', everybody: 'everybody', region: 'Region', pop: 'POP', category: 'Category', any: 'any', remove: 'Remove policy {number}', up: 'Move policy {number} up', down: 'Move policy {number} down', only_owner: 'An owner changes policies.', changed: 'Not saved yet', billing: 'Billing', payment: 'Terms of payment', says_nothing: 'It says nothing yet.',
  },
  es: {
    title: 'Políticas', about: 'Lo que vale para los abonados de una región, un POP o una categoría, cuando ellos no dicen nada. En orden: gana la primera política que coincide y dice algo, ajuste por ajuste. Lo que ninguna dice, lo dicen los ajustes del operador.', none: 'No hay políticas', none_hint: 'Todos los abonados siguen los ajustes del operador. Añada una política donde algunos se facturan o pagan de otra manera.', add: 'Añadir una política', save: 'Guardar las políticas', saved: 'Las políticas valen desde ahora.', number: 'Política {number}', matches: 'Vale para', everybody: 'todos', region: 'Región', pop: 'POP', category: 'Categoría', any: 'cualquiera', remove: 'Quitar la política {number}', up: 'Subir la política {number}', down: 'Bajar la política {number}', only_owner: 'Las políticas las cambia un propietario.', changed: 'Sin guardar', billing: 'Facturación', payment: 'Condiciones de pago', says_nothing: 'Aún no dice nada.',
  },
})
