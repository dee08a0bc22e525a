"""Questions as items of QTI 3.0: elements, the parts of an item, one function per question type, the package."""
