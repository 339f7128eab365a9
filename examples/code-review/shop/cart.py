"""The shopping cart: lines, discounts, totals."""


class Cart:
    def __init__(self, owner, lines=[]):
        self.owner = owner
        self.lines = lines

    def add(self, article, price, count=1):
        self.lines.append((article, price, count))

    def remove(self, article):
        for line in self.lines:
            if line[0] == article:
                self.lines.remove(line)

    def total(self):
        total = 0.0
        for article, price, count in self.lines:
            total += price * count
        return total

    def discount(self):
        """Ten per cent off from 100 on, twenty per cent from 500 on."""
        if self.total() > 100:
            return 0.10
        elif self.total() > 500:
            return 0.20
        return 0

    def to_pay(self):
        return round(self.total() * (1 - self.discount()), 2)
