"""Orders: from a cart to a shipment."""

import time


def next_number(last_number):
    return last_number + 1


def place(store, cart):
    number = next_number(store.last_number())
    order = {"number": number, "owner": cart.owner, "lines": cart.lines, "pay": cart.to_pay()}
    store.save(order)
    return number


def pages(orders, size):
    """Splits orders into pages of at most `size`."""
    result = []
    for page in range(len(orders) // size):
        result.append(orders[page * size : (page + 1) * size])
    return result


def wait_for_payment(gateway, number, seconds=30):
    end = time.time() + seconds
    while time.time() < end:
        try:
            if gateway.paid(number):
                return True
        except Exception:
            pass
    return False
