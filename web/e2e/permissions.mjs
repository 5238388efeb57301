// Who may do what, as it is meant to be: each operation of the API that wants somebody stands here once. What the server
// answers is compared with it; so a new operation is not tested until somebody has said here whose it is.
export const permissions = {
  'viewer cashier support clerk owner platform': `
    begin_second_factor change_password confirm_second_factor explain_line explain_line_of_subscriber get_add_on
    get_advance_payment get_automatic_payment_run get_bank_line get_bank_statement get_bill_run get_cash_receipt
    get_cash_shift get_checkout get_cheque get_collection_run get_cpe get_discount get_discount_grant get_document get_funds
    get_key get_mail_settings get_message get_note get_operator get_parked_account get_payment get_payment_method get_payout
    get_policies get_pro_forma get_promo_code get_scheduled_task get_service get_session get_statement get_sub_service
    get_subscriber get_unit get_webhook_delivery get_webhook_endpoint list_add_on_prices list_add_ons list_advance_payments
    list_automatic_charges list_automatic_payments list_balances list_bank_lines list_bank_statements list_bill_run_differences
    list_bill_runs list_collection_runs preview_policies
    list_cash_movements list_cash_shifts list_checkouts list_cheques list_collection_steps list_cpe_prices list_cpes
    list_discount_grants list_discounts list_documents list_events list_gateway_events list_gateways list_message_kinds
    list_message_templates list_messages list_notes list_operators list_parked_accounts list_payment_methods list_payments
    list_payouts list_pending_lines list_pro_formas list_promo_codes list_saved_methods list_scheduled_tasks
    list_service_prices list_services list_sub_services list_sub_services_of_subscriber list_subscribers list_taxes
    list_units list_webhook_deliveries list_webhook_endpoints preview_message_template remove_second_factor report_debts
    report_months sign_out simulate`,
  'cashier clerk owner platform': `
    clear_cheque close_cash_shift move_cash open_cash_shift pay_out_cash receive_cheque take_cash`,
  'support clerk owner platform': `
    activate add_add_on cancel change_service exhaust_data remove_add_on restore_data resume return_cpe suspend`,
  'cashier support clerk owner platform': `
    add_note remove_note update_note`,
  'clerk owner platform': `
    add_sub_service agree_on_payment_plan assign_bank_line attach_cpe begin_checkout bounce_cheque cancel_bill_run
    cancel_payout charge_back_payment charge_saved_method create_subscriber create_unit disable_automatic_payment
    enable_automatic_payment end_payment_plan grant_discount hold_collection import_bank_statement issue_advance_payment
    issue_credit_note move_to_current_price pay_payout place_order promise_payment query_checkout query_payout
    record_payment redeem_promo_code refund_payment release_collection release_wallet remove_saved_method
    replay_parked_account replay_webhook_delivery resend_message revoke_discount run_commands run_scheduled_task set_aside
    set_aside_bank_line start_automatic_payment_run start_bill_run start_collection_run take_back_bank_line transfer_money
    update_subscriber update_unit withdraw_pro_forma write_off_document`,
  'owner platform': `
    change_add_on_price change_cpe_price change_service_price create_add_on create_api_key create_cpe create_discount
    create_payment_method create_promo_code create_service create_tax create_user create_webhook_endpoint end_discount
    end_promo_code get_user get_verification list_api_keys list_audit_log list_users make_reset_link put_mail_settings
    put_message_template unlink_user remove_discount remove_message_template remove_webhook_endpoint replace_policies
    replay_webhook_endpoint revoke_api_key rotate_webhook_secret start_verification test_mail_settings test_webhook_endpoint
    update_operator update_payment_method update_scheduled_task update_user update_webhook_endpoint`,
  platform: `
    create_operator create_sign_on_provider get_import list_sign_on_providers remove_sign_on_provider start_import`,
}

// What can be pressed on the pages, and the operation that it leads to; without numbers and dates.
export const controls = {
  'Activate': 'activate', 'Add a policy': 'replace_policies', 'Add a unit': 'create_unit', 'Add an add-on': 'add_add_on',
  'Approve and bill': 'start_bill_run', 'Assign': 'assign_bank_line', 'Attach a CPE': 'attach_cpe', 'Cancel': 'cancel',
  'Change service': 'change_service', 'Change the price': 'change_service_price', 'Charge-back': 'charge_back_payment',
  'Charge now': 'start_automatic_payment_run', 'Check the books': 'start_verification', 'Close the shift': 'close_cash_shift',
  'Credit note': 'issue_credit_note', 'Disable': 'update_user', 'Edit': 'update_user', 'File of the bank *': 'import_bank_statement',
  'Hold': 'hold_collection', 'Move to the current price': 'move_to_current_price', 'New CPE': 'create_cpe', 'New add-on': 'create_add_on',
  'New discount': 'create_discount', 'New endpoint': 'create_webhook_endpoint', 'New key': 'create_api_key',
  'New payment method': 'create_payment_method', 'New promo code': 'create_promo_code', 'New service': 'create_service', 'New tax': 'create_tax',
  'New user': 'create_user', 'Next': 'place_order', 'One-time link': 'make_reset_link', 'Open a shift': 'open_cash_shift',
  'Operator, policies and catalogue (YAML) *': 'start_import', 'Pay out': 'pay_out_cash', 'Put in or take out': 'move_cash',
  'Receive cheque': 'receive_cheque', 'Record payment': 'record_payment', 'Refund': 'refund_payment', 'Remove the add-on': 'remove_add_on',
  'Resume': 'resume', 'Return the CPE': 'return_cpe', 'Run now': 'run_scheduled_task', 'Run the collection': 'start_collection_run',
  'Save': 'update_operator', 'Services (CSV) *': 'start_import', 'Set aside': 'set_aside_bank_line', 'Start a dry run': 'start_bill_run',
  'Subscribers (CSV) *': 'start_import', 'Suspend': 'suspend', 'Take cash': 'take_cash', 'Units (CSV) *': 'start_import',
  'Add a ladder': 'update_operator', 'Advance payment document': 'issue_advance_payment', 'Change the service': 'change_service',
  'Forecast': 'start_bill_run', 'Hold collection': 'hold_collection', 'Move policy down': 'replace_policies', 'Move policy up': 'replace_policies',
  'Payment plan': 'agree_on_payment_plan', 'Promised payment': 'promise_payment', 'Remove policy': 'replace_policies', 'Return': 'return_cpe',
  'Remove ladder': 'update_operator', 'Remove': 'remove_add_on',
  'Edit note': 'update_note', 'Pin note': 'update_note', 'Remove note': 'remove_note', 'Unpin note': 'update_note', 'Write it down': 'add_note',
  'Deliveries': 'list_webhook_deliveries', 'New secret': 'rotate_webhook_secret', 'Send a test': 'test_webhook_endpoint', 'Send again': 'replay_webhook_endpoint',
  'Add a provider': 'create_sign_on_provider', 'Unlink': 'unlink_user',
  'Release': 'release_wallet', 'Set money aside': 'set_aside',
  'Every day': 'update_scheduled_task', 'Compare its runs': 'update_scheduled_task', 'Write off': 'write_off_document', 'Take back': 'take_back_bank_line', 'Clear': 'clear_cheque',
}

// What can be pressed by everybody: it shows, sorts, copies, leads somewhere, or is about oneself.
export const harmless = [
  /^(Columns|Views|Export CSV|Show|Show more|Clear filters|More)$/, /^(Balance|Code|Date|Day|Due|Name|Number|Organization)$/, /^Copy /, /^Actions /,
  /^Why this amount\? /, /^INV-/, /^CN-/, /^\d+: Prices of /, /^(Change the password|Set it up)$/, /^[1-8](Contact|Organization|Unit|Service|Add-ons|CPEs|Billing|Preview)$/,
]
