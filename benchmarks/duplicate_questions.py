"""How surely duplicate questions are told from questions that are only alike, on pairs written for it.

The thresholds of `quizzer.decks.checking.likeness` were chosen on `SAME` and `DIFFERENT`; the other two lists were
written afterwards, by somebody who had not yet seen what is found in them, and changed nothing.

Run: python -m benchmarks.duplicate_questions
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from quizzer import config
from quizzer.decks.checking.likeness import compare, read_question, rests, same_rests
from quizzer.grading.embedder import load
from quizzer.grading.vectors import SentenceVectors

SAME = (
    ("What is the difference between TCP and UDP?", "How does UDP differ from TCP?"),
    ("Why does BERT mask 15 % of the tokens during pre-training?",
     "What is the reason that 15 percent of tokens get masked when BERT is pre-trained?"),
    ("How does garbage collection work in the JVM?", "Explain how the Java virtual machine reclaims unused memory."),
    ("What is a deadlock?", "Explain what is meant by a deadlock."),
    ("How would you handle imbalanced classes in a text classifier?",
     "Your training data has very few examples of some labels. What can you do about it?"),
    ("What does the [CLS] token do in BERT?", "What is the purpose of BERT's [CLS] token?"),
    ("When would you choose a NoSQL database over a relational one?",
     "In which situations is a non-relational database a better choice than SQL?"),
    ("What are the symptoms of iron deficiency?", "How does a lack of iron show itself in a patient?"),
    ("Why did the Western Roman Empire fall?", "What caused the collapse of the Roman Empire in the West?"),
    ("Explain the CAP theorem.", "What does the CAP theorem state?"),
    ("How do you revert a commit in git that was already pushed?",
     "A bad commit is already on the remote. How do you undo it with git?"),
    ("What is overfitting and how can it be prevented?", "Define overfitting. Which techniques help against it?"),
    ("How does photosynthesis produce oxygen?", "By what process does photosynthesis release oxygen?"),
    ("What makes DistilBERT faster than BERT?", "Why is inference with DistilBERT quicker than with BERT?"),
    ("What is the time complexity of binary search?", "How long does binary search take in the worst case, in big-O?"),
    ("What is the role of the mitochondria in a cell?", "Which function do mitochondria have in the cell?"),
    ("How do you fine-tune BERT on documents longer than 512 tokens?",
     "BERT reads at most 512 tokens. How do you deal with longer texts?"),
    ("What are the advantages of immutable data structures?", "Why would one prefer immutable data structures?"),
    ("How does inflation affect bond prices?", "What happens to the price of bonds when inflation rises?"),
    ("What is dependency injection?", "Describe the dependency injection pattern."),
    ("What is the purpose of an index in a database?", "Why do databases use indexes?"),
    ("How does HTTPS protect a connection?", "What does HTTPS do to keep traffic secure?"),
    ("Name the main causes of the First World War.", "Why did World War I break out?"),
    ("What is the difference between a process and a thread?", "Process versus thread: how do they differ?"),
    ("How is the learning rate usually scheduled when fine-tuning BERT?",
     "Which learning-rate schedule is typical for fine-tuning BERT?"),
    ("Why is accuracy a poor metric for imbalanced data?",
     "What is wrong with accuracy as a measure when classes are unbalanced?"),
    ("What does a load balancer do?", "What is a load balancer for?"),
    ("How do vaccines create immunity?", "By which mechanism does vaccination make a person immune?"),
    ("What are the responsibilities of a product manager?", "What does a product manager do?"),
    ("Which problem does batch normalization solve?", "Why is batch normalization used?"),
    ("What is eventual consistency?", "Explain the term eventual consistency."),
    ("How do you measure whether a new search ranking is better?",
     "What would you do to find out if a changed search ranking improves on the old one?"),
    ("Why do leaves change colour in autumn?", "What is the reason for leaves turning red and yellow in the fall?"),
    ("What is knowledge distillation?", "How does knowledge distillation work, in short?"),
    ("What is a closure in JavaScript?", "Explain closures in JavaScript."),
    ("How does a hash table handle collisions?", "What happens in a hash table when two keys hash to the same slot?"),
    ("What distinguishes supervised from unsupervised learning?",
     "How is unsupervised learning different from supervised learning?"),
    ("How can you speed up a slow SQL query?", "A SQL query takes too long. How do you make it faster?"),
    ("What is the function of the left ventricle?", "What does the left ventricle of the heart do?"),
    ("Why is next-sentence prediction dropped in RoBERTa?", "What is the reason RoBERTa does without NSP?"),
    ("What is a race condition?", "Explain what programmers mean by a race condition."),
    ("How does a compiler differ from an interpreter?", "Compilers and interpreters: what sets them apart?"),
    ("Why do we need normalization in relational databases?", "What is database normalization good for?"),
    ("How can you avoid SQL injection?", "Which measures prevent SQL injection attacks?"),
    ("What triggers the greenhouse effect?", "What is the cause of the greenhouse effect?"),
    ("What is the vanishing gradient problem?", "Describe the problem of vanishing gradients."),
    ("How does BERT tokenize words that are not in its vocabulary?",
     "What does BERT's tokenizer do with out-of-vocabulary words?"),
    ("Why is DistilBERT smaller than BERT?", "What makes DistilBERT a smaller model than BERT?"),
    ("How do you choose the number of clusters in k-means?", "How is k determined for k-means clustering?"),
    ("What are the duties of a notary?", "What does a notary have to do?"),
    ("How does the kidney regulate blood pressure?", "What role does the kidney have in controlling blood pressure?"),
    ("When should you use composition instead of inheritance?", "When is composition preferable to inheritance?"),
    ("What is technical debt?", "What do people mean when they speak of technical debt?"),
    ("How does a refrigerator cool its inside?", "By what principle does a fridge get cold?"),
    ("What is the gig economy?", "Define the gig economy."),
    ("How would you debug a memory leak in a Python service?",
     "A Python service keeps using more and more memory. How do you find out why?"),
    ("Why are transformers easier to parallelize than RNNs?",
     "What allows transformers to be parallelized better than recurrent networks?"),
    ("What happened at the Battle of Hastings?", "Summarize the events of the Battle of Hastings."),
    ("How do I undo my last local commit in git?", "What is the way to take back the latest git commit locally?"),
    ("How do bees communicate where food is?", "How does a bee tell the others the location of food?"),
)  # fmt: skip
DIFFERENT = (
    ("How many layers does BERT-base have?", "How many layers does BERT-large have?"),
    ("What is the vocabulary size of BERT?", "What is the vocabulary size of RoBERTa?"),
    ("How does TCP establish a connection?", "How does TCP close a connection?"),
    ("What is the capital of Austria?", "What is the capital of Australia?"),
    ("What happened in 1914?", "What happened in 1941?"),
    ("What are the advantages of microservices?", "What are the disadvantages of microservices?"),
    ("How do you create a branch in git?", "How do you delete a branch in git?"),
    ("What is precision in information retrieval?", "What is recall in information retrieval?"),
    ("Why does RoBERTa use dynamic masking?", "Why does RoBERTa drop next-sentence prediction?"),
    ("What is the boiling point of ethanol?", "What is the melting point of ethanol?"),
    ("How does insulin affect blood sugar?", "How does glucagon affect blood sugar?"),
    ("What is a primary key?", "What is a foreign key?"),
    ("How do you fine-tune BERT for named-entity recognition?", "How do you fine-tune BERT for question answering?"),
    ("What is the difference between a list and a tuple in Python?",
     "What is the difference between a list and a set in Python?"),
    ("How does bagging reduce error?", "How does boosting reduce error?"),
    ("When should you use a B-tree index?", "When should you not use a B-tree index?"),
    ("What are the side effects of ibuprofen?", "What are the indications for ibuprofen?"),
    ("How do you deploy BERT on a mobile phone?", "How do you deploy BERT on a GPU server?"),
    ("What is the worst-case time complexity of quicksort?", "What is the average time complexity of quicksort?"),
    ("Who wrote The Brothers Karamazov?", "When was The Brothers Karamazov written?"),
    ("What is HTTP status 401?", "What is HTTP status 403?"),
    ("What does the encoder of a Transformer do?", "What does the decoder of a Transformer do?"),
    ("Which enzyme unwinds DNA?", "Which enzyme joins DNA fragments?"),
    ("How do you optimize BERT for latency?", "How do you optimize BERT for accuracy?"),
    ("What is the purpose of the attention mask?", "What is the purpose of the segment embeddings?"),
    ("How does Kubernetes schedule pods?", "How does Kubernetes restart pods?"),
    ("What were the terms of the Treaty of Versailles?", "What were the consequences of the Treaty of Versailles?"),
    ("How do you mock a function in pytest?", "How do you parametrize a test in pytest?"),
    ("What is the derivative of sin x?", "What is the integral of sin x?"),
    ("How can you detect data drift in production?", "How can you detect bias in production?"),
    ("Why is Redis fast?", "Why is Redis single-threaded?"),
    ("What is L1 regularization?", "What is L2 regularization?"),
    ("How does the heart pump blood to the lungs?", "How does the heart pump blood to the body?"),
    ("What are the symptoms of hypothyroidism?", "What are the symptoms of hyperthyroidism?"),
    ("How is RoBERTa's tokenizer different from BERT's?", "How is RoBERTa's pre-training different from BERT's?"),
    ("What is the role of a scrum master?", "What is the role of a product owner?"),
    ("Describe the life cycle of a star like the Sun.", "Describe the life cycle of a massive star."),
    ("What is a left join?", "What is a right join?"),
    ("How do you reverse a linked list?", "How do you detect a cycle in a linked list?"),
    ("What does git fetch do?", "What does git pull do?"),
    ("What is a race condition?", "What is a deadlock?"),
    ("How many bits does an IPv4 address have?", "How many bits does an IPv6 address have?"),
    ("How does gzip compress a file?", "How does gzip decompress a file?"),
    ("What is the effect of a high learning rate?", "What is the effect of a low learning rate?"),
    ("What is the atomic number of carbon?", "What is the atomic mass of carbon?"),
    ("When did the Second World War begin?", "When did the Second World War end?"),
    ("What are the tasks of the upper house?", "What are the tasks of the lower house?"),
    ("How do you fine-tune BERT when you have little data?", "How do you fine-tune BERT when you have much data?"),
    ("How does RoBERTa improve on BERT?", "How does DistilBERT improve on BERT?"),
    ("Why is DistilBERT smaller than BERT?", "Why is BERT smaller than RoBERTa?"),
    ("What is the job of the parasympathetic nervous system?", "What is the job of the sympathetic nervous system?"),
    ("How do you write a unit test?", "How do you write an integration test?"),
    ("What does the `-r` option of cp do?", "What does the `-p` option of cp do?"),
    ("What changed in Python 3.10?", "What changed in Python 3.12?"),
    ("How are arteries built?", "How are veins built?"),
    ("How do you monitor a model for drift in production?", "How do you retrain a model after drift in production?"),
    ("Which treaty ended the Thirty Years' War?", "Which event started the Thirty Years' War?"),
    ("What is the mean of a normal distribution?", "What is the variance of a normal distribution?"),
    ("What is the purpose of the key in attention?", "What is the purpose of the query in attention?"),
    ("What are the advantages of BERT over GPT for classification?",
     "What are the advantages of GPT over BERT for classification?"),
)  # fmt: skip

SAME_UNSEEN = (
    ("What is memoization?", "Explain memoization to a colleague."),
    ("How is a stack different from a queue?", "What is the difference between stacks and queues?"),
    ("Why should passwords be salted before hashing?",
     "What is the point of adding a salt to passwords before they are hashed?"),
    ("How does the moon cause tides?", "Why does the moon's gravity lead to high and low tide?"),
    ("What are the risks of using eval in JavaScript?", "Why is it dangerous to call eval in JavaScript?"),
    ("What is the bias-variance trade-off?", "Explain the trade-off between bias and variance."),
    ("How can class imbalance be handled when fine-tuning BERT?",
     "Which techniques help BERT cope with imbalanced classes during fine-tuning?"),
    ("Why are position embeddings needed in BERT?", "What would be lost if BERT had no position embeddings?"),
    ("What does idempotent mean for an HTTP method?", "When is an HTTP method called idempotent?"),
    ("How do antibiotics kill bacteria?", "By which mechanisms do antibiotics destroy bacteria?"),
    ("What were the main reasons for the French Revolution?", "Why did the French Revolution happen?"),
    ("How does a blockchain prevent double spending?",
     "What keeps somebody from spending a coin twice on a blockchain?"),
    ("What is the difference between correlation and causation?", "Why does correlation not imply causation?"),
    ("How do you roll back a failed deployment?",
     "A deployment went wrong. How do you get back to the previous version?"),
    ("What is the purpose of a foreign key?", "What are foreign keys for?"),
    ("Which layers of BERT would you freeze, and why?",
     "When you freeze parts of BERT, which layers do you choose, and for what reason?"),
    ("What is quantization-aware training?", "How does quantization-aware training work?"),
    ("How does the liver detoxify the blood?", "What does the liver do to remove toxins from blood?"),
    ("What is a monad?", "Describe the concept of a monad."),
    ("How do you estimate the effort of a software project?",
     "In what way can the effort for a software project be estimated?"),
)  # fmt: skip
DIFFERENT_UNSEEN = (
    ("What is a mutex?", "What is a semaphore?"),
    ("How is a list sorted in Python?", "How is a list reversed in Python?"),
    ("What is the time complexity of insertion in a heap?", "What is the space complexity of a heap?"),
    ("What are the symptoms of influenza?", "How is influenza treated?"),
    ("Who discovered penicillin?", "How was penicillin discovered?"),
    ("How do you freeze BERT's layers?", "Why do you freeze BERT's layers?"),
    ("What did Newton's first law state?", "What did Newton's second law state?"),
    ("How does the attention mask work for padding tokens?", "How does the attention mask work for causal models?"),
    ("What is the difference between GET and POST?", "What is the difference between PUT and PATCH?"),
    ("Why did the Roman Republic fall?", "Why did the Roman Empire fall?"),
    ("How can BERT be used for semantic search?", "How can BERT be used for text summarization?"),
    ("How many chromosomes do humans have?", "How many chromosomes do dogs have?"),
    ("What is the function of red blood cells?", "What is the function of white blood cells?"),
    ("How do you choose a batch size for training?", "How do you choose a batch size for inference?"),
    ("What is the effect of raising interest rates?", "What is the effect of lowering interest rates?"),
    ("Which language family does Finnish belong to?", "Which language family does Danish belong to?"),
    ("What are common causes of memory leaks?", "What are common causes of race conditions?"),
    ("Explain how DNA is replicated.", "Explain how DNA is transcribed."),
    ("How does DistilBERT's training loss work?", "How does BERT's training loss work?"),
    ("What was the outcome of the Battle of Hastings?", "What was the cause of the Battle of Hastings?"),
)  # fmt: skip


def found(vectors: SentenceVectors, one: str, other: str) -> bool:
    """Whether the two questions are taken for one."""
    cosine = float(np.prod(vectors.of([one, other]), axis=0).sum())
    questions = read_question(one, "en"), read_question(other, "en")
    same = compare(*questions, cosine)
    if same is None:
        parts = rests(*questions)
        same = all(parts) and same_rests(cosine, float(np.prod(vectors.of(parts), axis=0).sum()))
    return same


def main() -> None:
    """Print precision and recall, and every pair that is judged wrongly."""
    with tempfile.TemporaryDirectory() as folder:
        exported = config.paths().models
        embedder = load(models=exported if exported.is_dir() else Path(folder) / "models")
        vectors = SentenceVectors(embedder, Path(folder) / "vectors.db")
        for label, same, different in (
            ("chosen on", SAME, DIFFERENT),
            ("unseen", SAME_UNSEEN, DIFFERENT_UNSEEN),
        ):
            missed = [pair for pair in same if not found(vectors, *pair)]
            alarms = [pair for pair in different if found(vectors, *pair)]
            right = len(same) - len(missed)
            precision = right / max(1, right + len(alarms))
            print(f"{label}: recall {right}/{len(same)}, precision {precision:.2f} ({len(alarms)} false alarms)")
            for kind, pairs in (("missed", missed), ("false alarm", alarms)):
                for one, other in pairs:
                    print(f"  {kind}: {one} | {other}")


if __name__ == "__main__":
    main()
