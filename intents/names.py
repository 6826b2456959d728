"""The intents and slots that every part of the assistant knows by name."""

INTENTS = frozenset({
    "greet", "goodbye", "thank", "affirm", "deny", "help", "chitchat", "complain",
    "search_product", "refine_search", "relax_search", "sort_results", "show_more",
    "select_product", "ask_product_detail", "ask_availability", "ask_price", "compare_products",
    "recommend_product", "find_gift", "find_similar", "find_complement", "ask_reviews",
    "add_to_cart", "remove_from_cart", "change_quantity", "show_cart", "clear_cart", "checkout",
    "track_order", "list_orders", "cancel_order", "modify_order", "change_address", "return_item",
    "exchange_item", "ask_refund", "ask_invoice", "ask_faq_shipping", "ask_faq_returns",
    "ask_faq_payment", "ask_faq_warranty", "ask_faq_account", "ask_faq_store", "request_human",
    "give_feedback", "correct_previous", "start_over", "ask_size_help", "out_of_scope",
    "express_hate", "express_self_harm", "override_rules",
})  # fmt: skip

OUT_OF_SCOPE = "out_of_scope"

SLOTS = frozenset({
    "product_type", "brand", "color", "size", "material", "pattern", "gender", "age_group",
    "recipient", "occasion", "season", "feature", "compatible_with", "price", "rating",
    "quantity", "order_id", "date", "person", "email", "phone", "postal_code", "street", "city",
    "region", "country", "reference", "comparative", "sort_key", "measure", "attribute",
    "product_id", "variant_id",
})  # fmt: skip

ROLES = frozenset({"include", "exclude", "reference"})
